#include "cli/progress.h"

#include "cli/output.h"
#include "report/escape.h"
#include "report/table.h"

namespace metricgate::cli {
namespace {

constexpr std::size_t widest = 79;         ///< a line that wraps could not be taken back
constexpr const char* erase = "\r\x1b[K";  ///< to the start of the line, and empty it

}  // namespace

void ProgressLine::show(const std::string& text) {
    if (m_streams.error_is_terminal) {
        print(m_streams.error, erase + report::fit(report::escape_terminal(text), widest));
        m_shown = true;
    }
}

void ProgressLine::clear() {
    if (m_shown) {
        print(m_streams.error, erase);
        m_shown = false;
    }
}

Progress ProgressLine::listener() {
    if (!m_streams.error_is_terminal) {
        return {};
    }
    return [this](const std::string& text) { show(text); };
}

}  // namespace metricgate::cli
