#include <algorithm>
#include <initializer_list>
#include <limits>

#include "report/escape.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/markdown_details.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "report/rows.h"
#include "support/text.h"

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

/// What needs a reader: failures, then undecided rows, then waived ones, in at most `room` bytes.
/// `rest` says where the rows stand that have no room.
std::string attention(const GateResult& result, std::size_t room, const char* rest) {
    const bool with_level = shared_confidence(result) == 0.0;
    std::string rows;
    std::string left_out;
    const auto add = [&](Group group, std::size_t limit, const char* what) {
        const Listing listing = list_rows(result, group, limit);
        std::size_t shown = 0;
        for (; shown < listing.shown.size(); ++shown) {
            const std::string row = attention_row(*listing.shown[shown], with_level);
            if (rows.size() + row.size() > room) {
                break;
            }
            rows += row;
        }
        const std::size_t all = listing.shown.size() + listing.left_out;
        if (shown != all) {
            left_out += "The worst " + grouped(shown) + " " + what + " rows of " + grouped(all) +
                        " are shown; the other " + grouped(all - shown) + rest + "\n\n";
        }
    };
    add(Group::failing, failures_shown, "failing");
    add(Group::warning, others_shown, "warning");
    add(Group::undecided, others_shown, "undecided");
    add(Group::waived, others_shown, "waived");
    if (rows.empty()) {
        return left_out;
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

/// What a report says of its own size.
std::string cut_remark(const LeftOut& left_out, std::size_t limit) {
    std::string what;
    if (!left_out.rows.empty()) {
        what = "rows (" + status_counts(left_out.rows) + ")";
    }
    if (left_out.lines != 0) {
        what += (what.empty() ? "" : " and ") + support::count_of(left_out.lines, "line", "lines") +
                " of inputs and notes";
    }
    return what.empty() ? ""
                        : "**Cut to " + grouped(limit / 1024) + " KiB:** left out are " + what +
                              ". `--report json=FILE` has everything.\n\n";
}

/// The whole report; if it is larger than `limit` bytes, as much as fits: failures first, and it
/// says what is left out.
std::string within(const GateResult& result, std::size_t limit) {
    constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max() / 2;
    const std::string top = head(result) + sources(result);
    const std::string next = next_step(result);
    LeftOut none;
    const std::string whole =
        guard_workflow_lines(top + attention(result, no_limit, " stand under All checks.") + next +
                             markdown_details(result, no_limit, none));
    if (whole.size() <= limit) {
        return whole;
    }
    // The remark on the size, and the marks that the guard may add.
    constexpr std::size_t reserve = 2048;
    std::size_t room = limit - std::min(limit, top.size() + next.size() + reserve);
    const std::string rows =
        attention(result, room / 2, " follow under Worst checks as far as there is room.");
    room -= std::min(room, rows.size());
    LeftOut left_out;
    const std::string details = markdown_details(result, room, left_out);
    return guard_workflow_lines(top + rows + cut_remark(left_out, limit) + next + details);
}

/// GitHub takes 1 MiB of job summary from a step, and drops all of what is larger.
constexpr std::size_t summary_limit = 900UL * 1024;
/// GitHub takes 65,536 characters of a comment.
constexpr std::size_t comment_limit = 60UL * 1024;

}  // namespace

std::string render_markdown(const GateResult& result, const Style& /*style*/) {
    return within(result, summary_limit);
}

std::string render_markdown_comment(const GateResult& result, const Style& /*style*/) {
    return within(result, comment_limit);
}

}  // namespace metricgate::report
