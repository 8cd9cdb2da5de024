#include "report/chart_spec.h"

#include <cmath>

#include "report/escape.h"
#include "report/escape_html.h"
#include "support/number.h"

namespace metricgate::report {

DataRows& DataRows::row() {
    m_text += m_text.empty() ? "{" : "},\n{";
    m_first = true;
    return *this;
}

void DataRows::field(std::string_view name) {
    m_text += (m_first ? "" : ",") + json_string(name) + ":";
    m_first = false;
}

DataRows& DataRows::set(std::string_view name, std::string_view text) {
    field(name);
    m_text += json_string(text);
    return *this;
}

DataRows& DataRows::set(std::string_view name, double number) {
    field(name);
    m_text += chart_number(number);
    return *this;
}

DataRows& DataRows::set(std::string_view name, const std::optional<double>& number) {
    return number ? set(name, *number) : *this;
}

std::string chart_number(double number) {
    return std::isfinite(number) ? support::format_short(number, 6) : "null";
}

std::string rows_height(std::size_t rows) {
    constexpr std::size_t pixels = 26;
    return std::to_string(pixels * rows);
}

std::string json_strings(const std::vector<std::string>& texts) {
    std::string json = "[";
    for (const std::string& text : texts) {
        json += (json.size() == 1 ? "" : ",") + json_string(text);
    }
    return json + "]";
}

std::string fill_spec(std::string_view pattern,
                      std::initializer_list<std::pair<std::string_view, std::string>> parts) {
    std::string spec;
    while (!pattern.empty()) {
        const std::size_t line_end = std::min(pattern.find('\n'), pattern.size());
        std::string_view line = pattern.substr(0, line_end);
        pattern.remove_prefix(std::min(line_end + 1, pattern.size()));
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        while (!line.empty()) {
            const std::size_t mark = line.find("\"@");
            spec += line.substr(0, mark);
            if (mark == std::string_view::npos) {
                break;
            }
            line.remove_prefix(mark + 2);
            const std::string_view name = line.substr(0, line.find('"'));
            line.remove_prefix(name.size() + 1);
            for (const auto& [part, json] : parts) {
                spec += part == name ? json : "";
            }
        }
    }
    return spec;
}

}  // namespace metricgate::report
