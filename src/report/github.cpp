// Workflow commands that GitHub Actions shows as annotations. A step has ten errors, ten warnings
// and ten notices; what comes after them is dropped without a word, so the worst come first and the
// last one counts the rest.
#include "report/entries.h"
#include "report/escape.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/policy_place.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

using verdict::GateResult;

constexpr std::size_t most_of_a_kind = 10;

/// A message as the runner reads it: `%` begins an escape, and a line ends the command.
std::string message(std::string_view text) {
    std::string out;
    for (const char byte : text) {
        switch (byte) {
            case '%':
                out += "%25";
                break;
            case '\r':
                out += "%0D";
                break;
            case '\n':
                out += "%0A";
                break;
            default:
                out += byte;
        }
    }
    return out;
}

/// A property, which a comma or a colon would end as well.
std::string property(std::string_view text) {
    std::string out;
    for (const char byte : message(text)) {
        if (byte == ':') {
            out += "%3A";
        } else if (byte == ',') {
            out += "%2C";
        } else {
            out += byte;
        }
    }
    return out;
}

std::string annotation(const char* command, const Entry& entry, const GateResult& result) {
    std::string line = std::string("::") + command + " ";
    if (entry.row != nullptr) {
        const PolicyPlace place = place_of(entry.row, result.policy);
        line += "file=" + property(guard_workflow_lines(support::visible(place.file, 0))) +
                ",line=" + std::to_string(place.line) + ",col=" + std::to_string(place.column) +
                ",";
    }
    return line + "title=" + property(entry.headline) + "::" + message(entry.sentence) + "\n";
}

/// The worst entries of one command, and a count of those that have no room.
std::string annotations(const char* command, const std::vector<const Entry*>& entries,
                        const GateResult& result) {
    const bool all = entries.size() <= most_of_a_kind;
    const std::size_t shown = all ? entries.size() : most_of_a_kind - 1;
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        text += annotation(command, *entries[i], result);
    }
    if (!all) {
        text += std::string("::") + command +
                " title=metricgate::" + grouped(entries.size() - shown) +
                " more stand in the other reports of this run\n";
    }
    return text;
}

}  // namespace

std::string render_github(const GateResult& result, const Style& /*style*/) {
    const std::vector<Entry> entries = worst_first(result);
    std::vector<const Entry*> errors;
    std::vector<const Entry*> warnings;
    std::vector<const Entry*> notices;
    for (const Entry& entry : entries) {
        switch (entry.weight) {
            case Weight::failure:
            case Weight::error:
            case Weight::undecided:
                errors.push_back(&entry);
                break;
            case Weight::warning:
                warnings.push_back(&entry);
                break;
            case Weight::waived:
                notices.push_back(&entry);
                break;
            case Weight::skipped:
            case Weight::pass:
                // A run that passes says so once, so that no output is not mistaken for a pass.
                if (entry.row == nullptr) {
                    notices.push_back(&entry);
                }
                break;
        }
    }
    return annotations("error", errors, result) + annotations("warning", warnings, result) +
           annotations("notice", notices, result);
}

}  // namespace metricgate::report
