// The Test Anything Protocol, version 13: a point for the run and one a row, with what is to be
// said of a row that is no plain pass in the YAML block below it.
#include <nlohmann/json.hpp>

#include "report/entries.h"
#include "report/formats.h"

namespace metricgate::report {
namespace {

/// A description: `#` would start a directive.
std::string described(const std::string& text) {
    std::string out;
    for (const char byte : text) {
        out += byte == '#' || byte == '\\' ? "\\" : "";
        out += byte;
    }
    return out;
}

/// A JSON string, which YAML reads as a quoted scalar.
std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string block(const Entry& entry) {
    return "  ---\n  status: " + quoted(entry.status) + "\n  message: " + quoted(entry.sentence) +
           "\n  ...\n";
}

/// "not ok ... # TODO" is a test point that fails and does not make the whole fail.
std::string point(const Entry& entry, std::size_t number) {
    const std::string numbered = std::to_string(number) + " - " + described(entry.name);
    switch (entry.weight) {
        case Weight::pass:
            return "ok " + numbered + "\n";
        case Weight::skipped:
            return "ok " + numbered + " # SKIP " + described(entry.sentence) + "\n";
        case Weight::waived:
        case Weight::warning:
            return "not ok " + numbered + " # TODO does not block: " + entry.status + "\n" +
                   block(entry);
        case Weight::undecided:
        case Weight::error:
        case Weight::failure:
            return "not ok " + numbered + "\n" + block(entry);
    }
    return "not ok " + numbered + "\n";
}

}  // namespace

std::string render_tap(const verdict::GateResult& result, const Style& /*style*/) {
    const std::vector<Entry> entries = entries_of(result);
    std::string text = "TAP version 13\n1.." + std::to_string(entries.size()) + "\n";
    for (std::size_t i = 0; i < entries.size(); ++i) {
        text += point(entries[i], i + 1);
    }
    return text;
}

}  // namespace metricgate::report
