#include "report/escape.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "report/selftest_renderers.h"
#include "report/selftest_words.h"
#include "report/table.h"

namespace metricgate::report {
namespace {

using verdict::Ability;
using verdict::SelftestResult;
using verdict::SelftestRow;

constexpr std::size_t indent = 15;  ///< "CANNOT GO RED" and two blanks

std::string colored(const std::string& words, Ability ability, bool good, const Style& style) {
    if (!style.color || ability == Ability::skipped) {
        return words;
    }
    return (good ? "\x1b[32m" : "\x1b[31m") + words + "\x1b[0m";
}

std::string faults(const SelftestRow& row) {
    std::string text;
    for (const verdict::FaultAnswer& answer : row.faults) {
        text += text.empty() ? "" : "; ";
        text += answer.fault + " " + fault_words(answer);
        if (answer.outcome != verdict::FaultAnswer::Outcome::caught) {
            text += ": " + terminal_sentence(answer.what);
        }
    }
    return text;
}

std::string row_text(const SelftestRow& row, const Style& style) {
    const std::string words = ability_words(row);
    const bool good = row.ability == Ability::goes_red && !row.misses_a_fault();
    std::string text = colored(words, row.ability, good, style) +
                       std::string(words.size() < indent ? indent - words.size() : 1, ' ') +
                       escape_terminal(check_label(row.rule)) + "\n";
    text += wrap(selftest_finding(row, terminal_sink), indent, style.columns);
    return text + wrap(faults(row), indent, style.columns);
}

}  // namespace

std::string render_selftest_text(const SelftestResult& result, const Style& style) {
    std::string text = "metricgate selftest: " + selftest_headline(result) + "\n\n" +
                       wrap(selftest_explained(), 0, style.columns);
    for (const verdict::InputInfo& input : result.inputs) {
        text += wrap(input_line(input, result.inputs.size() > 1, terminal_sink), 0, style.columns);
    }
    if (!result.policy.source.empty()) {
        text += wrap(policy_line(result.policy, terminal_sink), 0, style.columns);
    }
    for (const std::string& warning : result.warnings) {
        text += wrap("Warning: " + terminal_sentence(warning), 0, style.columns);
    }
    text += "\n";
    for (const SelftestRow& row : result.rows) {
        text += row_text(row, style);
    }
    const std::string step = selftest_next_step(result);
    text += step.empty() ? "" : "\n" + wrap("Next step: " + step, 0, style.columns);
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
