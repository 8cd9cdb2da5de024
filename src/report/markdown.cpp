#include <initializer_list>

#include "report/escape.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/markdown_details.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "report/rows.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;

constexpr std::size_t failures_shown = 50;
constexpr std::size_t others_shown = 20;
constexpr std::size_t inputs_shown = 3;
constexpr std::size_t warnings_shown = 2;

std::string head(const GateResult& result) {
    std::string text = "# metricgate: " + verdict_word(result.verdict);
    text += first_line_addition(result) + "\n\n" + tally(result);
    const std::string note = exit_note(result);
    return text + (note.empty() ? "" : " " + note) + "\n\n";
}

std::string sources(const GateResult& result) {
    std::string text;
    const auto& inputs = result.inputs;
    for (std::size_t i = 0; i < inputs.size() && i < inputs_shown; ++i) {
        text += "- " + input_line(inputs[i], inputs.size() > 1, markdown_sink) + "\n";
    }
    if (inputs.size() > inputs_shown) {
        text += "- " + grouped(inputs.size() - inputs_shown) + " more inputs are listed below.\n";
    }
    if (!result.policy.source.empty()) {
        text += "- " + policy_line(result.policy, markdown_sink) + "\n";
    }
    const auto& warnings = result.warnings;
    for (std::size_t i = 0; i < warnings.size() && i < warnings_shown; ++i) {
        text += "- Warning: " + escape_markdown(warnings[i]) + "\n";
    }
    if (warnings.size() > warnings_shown) {
        text += "- " + grouped(warnings.size() - warnings_shown) +
                " more warnings stand under Notes.\n";
    }
    return text.empty() ? "" : text + "\n";
}

std::string attention_row(const CheckResult& row, bool with_level) {
    const Figures figures = figures_of(row, markdown_sink, with_level);
    const std::string reason = why(row, markdown_sink);
    return markdown_row({check_cell(row.rule), figures.baseline, figures.candidate, figures.change,
                         figures.allowed,
                         "**" + status_words(row) + "**" + (reason.empty() ? "" : ": " + reason)});
}

/// What needs a reader: failures, then undecided rows, then waived ones.
std::string attention(const GateResult& result) {
    const bool with_level = shared_confidence(result) == 0.0;
    std::string rows;
    std::string left_out;
    const auto add = [&](Group group, std::size_t limit, const char* what) {
        const Listing listing = list_rows(result, group, limit);
        for (const CheckResult* row : listing.shown) {
            rows += attention_row(*row, with_level);
        }
        if (listing.left_out != 0) {
            left_out += "The worst " + grouped(listing.shown.size()) + " " + what + " rows of " +
                        grouped(listing.shown.size() + listing.left_out) +
                        " are shown; the other " + grouped(listing.left_out) +
                        " stand under All checks.\n\n";
        }
    };
    add(Group::failing, failures_shown, "failing");
    add(Group::warning, others_shown, "warning");
    add(Group::undecided, others_shown, "undecided");
    add(Group::waived, others_shown, "waived");
    if (rows.empty()) {
        return "";
    }
    return markdown_row(
               {"Check", "Baseline", "Candidate", change_heading(result), "Allowed", "Why"}) +
           "| --- | --- | --- | --- | --- | --- |\n" + rows + "\n" + left_out;
}

std::string next_step(const GateResult& result) {
    return result.next_steps.empty()
               ? ""
               : "**Next step:** " + escape_markdown(result.next_steps.front()) + "\n\n";
}

}  // namespace

std::string render_markdown(const GateResult& result, const Style& /*style*/) {
    return guard_workflow_lines(head(result) + sources(result) + attention(result) +
                                next_step(result) + markdown_details(result));
}

}  // namespace metricgate::report
