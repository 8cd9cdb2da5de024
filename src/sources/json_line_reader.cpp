#include "sources/json_line_reader.h"

#include <algorithm>

namespace metricgate::sources {

bool JsonLineReader::next(JsonLines& objects) {
    if (m_rest.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return false;
    }
    ++m_line;
    const std::size_t end = m_rest.find('\n');
    const std::string_view line = m_rest.substr(0, end);
    const std::size_t readable = m_rest.size();
    m_rest.remove_prefix(std::min(m_rest.size(), line.size() + 1));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) {
        m_problems.add(m_line, 1, "a blank line; every line holds one JSON object");
        return false;
    }
    if (line[first] != '{') {
        m_problems.add(m_line, static_cast<std::uint32_t>(first) + 1,
                       line[first] == '['
                           ? "found a JSON list; wanted one object a line, without a list "
                             "around them"
                           : "wanted a JSON object on every line, as in {\"id\": 1}");
        return false;
    }
    if (!objects.read(line, readable)) {
        const JsonLines::Fault& fault = objects.fault();
        const bool last = end == std::string_view::npos;
        m_problems.add(m_line, fault.column,
                       fault.message + (last ? "; the last line has no line end, so the file "
                                               "may be cut short"
                                             : ""));
        return false;
    }
    return true;
}

}  // namespace metricgate::sources
