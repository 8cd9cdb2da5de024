#include "report/power.h"
#include "report/power_phrases.h"
#include "report/provenance.h"
#include "report/table.h"

namespace metricgate::report {
namespace {

using verdict::PowerResult;
using verdict::RowPower;

constexpr std::size_t indent = 4;

std::string head(const PowerResult& result, const Style& style) {
    std::string text = "metricgate power: " + answer_words(result.answer) + "\n\n";
    for (const verdict::InputInfo& input : result.inputs) {
        text += wrap(input_line(input, result.inputs.size() > 1, terminal_sink), 0, style.columns);
    }
    if (!result.policy.source.empty()) {
        text += wrap(policy_line(result.policy, terminal_sink), 0, style.columns);
    }
    for (const comparison::Note& warning : result.warnings) {
        text += wrap("Warning: " + terminal_sentence(warning.text), 0, style.columns);
    }
    std::string policy;
    for (const std::string& line : policy_sentences(result, terminal_sink)) {
        policy += wrap(line, 0, style.columns);
    }
    return text + (policy.empty() ? "" : "\n" + policy);
}

std::string line(const std::string& sentence, const Style& style) {
    return wrap(terminal_sentence(sentence), indent, style.columns);
}

std::string block(const RowPower& row, const Style& style) {
    std::string text = "\n" + escape_terminal(power_label(row)) + "\n";
    for (const comparison::Note& warning : row.warnings) {
        text += line("warning: " + warning.text, style);
    }
    const std::string allowed = allowed_loss(row);
    const std::string size = size_words(row);
    text += allowed == "-" ? "" : line(allowed + (size == "-" ? "" : "; " + size), style);
    if (row.smallest_shown) {
        text += line("smallest loss shown to be real: " + loss_words(row, row.smallest_shown) +
                         "; blocked 80 % of the time: " + loss_words(row, row.smallest_blocked),
                     style);
    }
    for (const std::string& sentence : chance_sentences(row)) {
        text += line(sentence, style);
    }
    for (const std::string& sentence : limit_sentences(row)) {
        text += line(sentence, style);
    }
    if (!row.unchanged && row.warnings.empty()) {
        text += line("no chances: " + row.unknown, style);
    }
    return text;
}

}  // namespace

std::string render_power_text(const PowerResult& result, const Style& style) {
    std::string text = head(result, style);
    for (const RowPower& row : result.rows) {
        text += block(row, style);
    }
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
