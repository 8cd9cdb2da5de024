#include <algorithm>

#include "report/escape.h"
#include "report/explain_formats.h"
#include "report/explain_sections.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "report/table.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

using verdict::Explanation;

constexpr std::size_t indent = 2;

std::string section_text(const ExplainedSection& section, const Style& style) {
    std::string text = "\n" + section.heading + "\n";
    for (const ExplainedLine& line : section.lines) {
        // A question keeps its mark, anything else gets a colon.
        const std::string colon =
            line.about.ends_with('?') || line.about.ends_with('.') ? " " : ": ";
        text += wrap(line.about + colon + line.text, indent, style.columns);
    }
    return text;
}

std::string examples_text(const Explanation& explanation, const Style& style) {
    const std::string heading = examples_heading(explanation);
    if (heading.empty()) {
        return "";
    }
    std::string text = "\n" + wrap(heading, 0, style.columns);
    if (explanation.examples.empty()) {
        return text;
    }
    text += wrap("Harm: " + explanation.harm_is + ".", indent, style.columns);
    Table table({"id", "label", "before", "after", "harm"});
    for (const verdict::ChangedExample& example : explanation.examples) {
        table.add({escape_terminal(example.id), escape_terminal(example.label),
                   escape_terminal(example.before), escape_terminal(example.after),
                   support::format_short(example.harm, 4)});
    }
    return text + table.print(style.columns, 0, [](const std::string& cell) { return cell; });
}

}  // namespace

std::string render_explanation_text(const Explanation& explanation, const Style& style) {
    std::string text = "metricgate explain: " + escape_terminal(check_label(explanation.row.rule)) +
                       " is " + status_words(explanation.row) + "\n\n";
    for (const verdict::InputInfo& input : explanation.inputs) {
        text += wrap(input_line(input, false, terminal_sink), 0, style.columns);
    }
    text += wrap(policy_line(explanation.policy, terminal_sink), 0, style.columns);
    for (const ExplainedSection& section : explained_sections(explanation, terminal_sink)) {
        text += section_text(section, style);
    }
    return guard_workflow_lines(text + examples_text(explanation, style));
}

}  // namespace metricgate::report
