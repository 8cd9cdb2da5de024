// What makes a stranger's name inert, sink by sink: shown, and nothing else.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "fuzz/inert.h"
#include "fuzz/names.h"
#include "fuzz/target.h"
#include "report/escape.h"
#include "report/escape_html.h"
#include "support/text.h"

namespace metricgate::fuzz {

namespace {

/// The fence is as long at both ends, and no run of backticks inside is.
void check_code_span(const std::string& span) {
    if (span == "(no name)") {
        return;
    }
    const std::size_t fence = span.find_first_not_of('`');
    require(fence != 0 && fence != std::string::npos && span.size() > 2 * fence,
            "a code span has a fence and something inside", span);
    require(span.ends_with(std::string(fence, '`')), "the fence is closed", span);
    const std::string_view inside = std::string_view(span).substr(fence, span.size() - 2 * fence);
    require(inside.front() != '`' && inside.back() != '`', "the fences stand apart", span);
    for (std::size_t at = 0; at < inside.size();) {
        const std::size_t run = std::min(inside.find_first_not_of('`', at), inside.size()) - at;
        require(run != fence, "no run of backticks closes the fence", span);
        at += std::max(run, std::size_t{1});
    }
}

/// Every sign that means something is escaped, outside code.
void check_markdown(const std::string& text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '`') {
            const std::size_t end = text.find_first_not_of('`', at);
            require(end != std::string::npos, "code is closed", text);
            const std::string fence(end - at, '`');
            std::size_t close = text.find(fence, end);
            while (close != std::string::npos && text.substr(close + fence.size(), 1) == "`") {
                close = text.find(fence, text.find_first_not_of('`', close));
            }
            require(close != std::string::npos, "code is closed", text);
            at = close + fence.size() - 1;
        } else {
            require(std::string_view("*_[]<>&|~!^{}@#$").find(text[at]) == std::string_view::npos,
                    "what means something is escaped", text);
        }
    }
}

void check_cell(const std::string& text) {
    const std::string cell = report::table_cell(text);
    for (std::size_t at = cell.find('|'); at != std::string::npos; at = cell.find('|', at + 1)) {
        require(at > 0 && cell[at - 1] == '\\', "no pipe ends a cell", cell);
    }
}

}  // namespace

std::vector<Seed> seeds() {
    return hostile_names();
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    const std::string text(fuzz::text_of(data, size));
    for (const auto& name : {report::short_name(text), report::distinct_name(text),
                             report::escape_terminal(text), report::terminal_sentence(text)}) {
        fuzz::require(fuzz::is_shown(name) && name.find('\n') == std::string::npos,
                      "a name hides nothing", name);
    }
    fuzz::require(report::short_name(text).size() <= 130, "a name is short", text);
    for (const auto& span : {report::code_span(text), report::code_cell(text)}) {
        fuzz::check_code_span(span);
        fuzz::check_cell(span);
    }
    fuzz::check_markdown(report::escape_markdown(text));
    fuzz::check_cell(report::escape_markdown(text));
    fuzz::check_lines(report::guard_workflow_lines(text));
    for (const auto& html : {report::escape_html(text), report::html_name(text)}) {
        const std::size_t own = html.starts_with("<code>") ? 2 : 0;
        fuzz::require(fuzz::count(html, "<") == own && fuzz::count(html, ">") == own &&
                          html.find_first_of("\"'") == std::string::npos,
                      "no text is markup", html);
    }
    const auto string =
        nlohmann::json::parse(report::json_string(support::visible(text, 0)), nullptr, false);
    fuzz::require(string.is_string() && string.get<std::string>() == support::visible(text, 0),
                  "a JSON string reads back", text);
    return 0;
}
