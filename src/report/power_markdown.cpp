#include <initializer_list>

#include "report/escape.h"
#include "report/power.h"
#include "report/power_phrases.h"
#include "report/provenance.h"

namespace metricgate::report {
namespace {

using verdict::PowerResult;
using verdict::RowPower;

constexpr const char* how_to_read =
    "- **Shown**: the smallest true loss that this data shows to be real, in 80 % of evaluations; "
    "also the smallest margin that it can police.\n"
    "- **Blocked at 80 %**: the smallest true loss that the check blocks in 80 % of evaluations. "
    "A loss of exactly the margin is blocked about half of the time at most: the margin is the "
    "loss that is accepted, not the one to be caught.\n"
    "- **Unchanged**: what a model that is exactly as good as the baseline meets. *Open* is "
    "inconclusive.\n"
    "- **Loss of 1x, 2x, 3x**: what a model meets that truly lost that many margins. *In this run* "
    "counts the correction for the other checks.\n"
    "- **Evidence**: how much there is, and how much the margin takes so that an unchanged model "
    "passes 80 % of the time.\n"
    "- Chances speak of evaluations on fresh data of this size and kind, with the noise between "
    "these two models.\n";

std::string table_row(std::initializer_list<std::string> cells) {
    std::string text = "|";
    for (const std::string& cell : cells) {
        text += " " + table_cell(cell) + " |";
    }
    return text + "\n";
}

std::string drop_cell(const RowPower& row, double multiple) {
    for (const verdict::DropPower& drop : row.drops) {
        if (drop.multiple == multiple) {
            return "blocked " + blocked_words(drop.chances.regressed, drop.blocked_in_run) +
                   "; passes " + percent(drop.chances.pass);
        }
    }
    return "-";
}

std::string unchanged_cell(const RowPower& row) {
    if (!row.unchanged) {
        return "-";
    }
    return "passes " + percent(row.unchanged->pass) + "; open " +
           percent(row.unchanged->inconclusive) + "; blocked " +
           blocked_words(row.unchanged->regressed, row.unchanged_blocked_in_run.value_or(0.0));
}

std::string head(const PowerResult& result) {
    std::string text = "# metricgate power: " + answer_words(result.answer) + "\n\n";
    for (const std::string& line : policy_sentences(result, markdown_sink)) {
        text += "- " + line + "\n";
    }
    for (const verdict::InputInfo& input : result.inputs) {
        text += "- " + input_line(input, result.inputs.size() > 1, markdown_sink) + "\n";
    }
    if (!result.policy.source.empty()) {
        text += "- " + policy_line(result.policy, markdown_sink) + "\n";
    }
    return text + "\n";
}

std::string warnings(const PowerResult& result) {
    std::string text;
    for (const comparison::Note& warning : result.warnings) {
        text += "- **Warning:** " + escape_markdown(warning.text) + "\n";
    }
    for (const RowPower& row : result.rows) {
        for (const comparison::Note& warning : row.warnings) {
            text += "- **Warning,** " + code_span(verdict::label(row.rule)) + ": " +
                    escape_markdown(warning.text) + "\n";
        }
    }
    return text.empty() ? "" : text + "\n";
}

std::string table(const PowerResult& result) {
    std::string text = table_row({"Check", "Allowed", "Shown", "Blocked at 80 %", "Evidence",
                                  "Unchanged", "Loss of 1x the margin", "2x", "3x"}) +
                       "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (const RowPower& row : result.rows) {
        text += table_row({code_span(power_label(row)), escape_markdown(allowed_loss(row)),
                           escape_markdown(loss_words(row, row.smallest_shown)),
                           escape_markdown(loss_words(row, row.smallest_blocked)),
                           escape_markdown(size_words(row)), unchanged_cell(row),
                           drop_cell(row, 1.0), drop_cell(row, 2.0), drop_cell(row, 3.0)});
    }
    return text + "\n";
}

/// Limits, and rows about which nothing more can be said.
std::string remarks(const PowerResult& result) {
    std::string text;
    for (const RowPower& row : result.rows) {
        const std::string name = "- " + code_span(verdict::label(row.rule)) + ": ";
        for (const std::string& sentence : limit_sentences(row)) {
            text += name + escape_markdown(sentence) + "\n";
        }
        if (!row.unchanged && row.warnings.empty()) {
            text += name + "no chances: " + escape_markdown(row.unknown) + "\n";
        }
    }
    return text.empty() ? "" : text + "\n";
}

std::string methods(const PowerResult& result) {
    std::string text;
    for (const RowPower& row : result.rows) {
        if (!row.basis.empty()) {
            text += "- " + code_span(verdict::label(row.rule)) + ": method " +
                    code_span(row.method) + "; " + basis_words(row) + "\n";
        }
    }
    return text;
}

std::string folded(const char* title, const std::string& body) {
    return body.empty() ? ""
                        : std::string("<details>\n<summary>") + title + "</summary>\n\n" + body +
                              "\n</details>\n\n";
}

}  // namespace

std::string render_power_markdown(const PowerResult& result, const Style& /*style*/) {
    std::string text = head(result) + warnings(result) + table(result) + remarks(result) +
                       folded("How to read this", how_to_read) +
                       folded("How the chances were computed", methods(result));
    text.pop_back();
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
