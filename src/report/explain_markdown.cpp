#include "report/escape.h"
#include "report/explain_formats.h"
#include "report/explain_sections.h"
#include "report/markdown_details.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

using verdict::Explanation;

std::string examples_table(const Explanation& explanation) {
    const std::string heading = examples_heading(explanation);
    if (heading.empty()) {
        return "";
    }
    std::string text = "\n## " + escape_markdown(heading) + "\n";
    if (explanation.examples.empty()) {
        return text;
    }
    text += "\nHarm: " + escape_markdown(explanation.harm_is) + ".\n\n" +
            markdown_row({"Id", "Label", "Before", "After", "Harm"}) +
            "| --- | --- | --- | --- | --- |\n";
    for (const verdict::ChangedExample& example : explanation.examples) {
        const auto cell = [](const std::string& name) { return table_cell(code_span(name)); };
        text += markdown_row({cell(example.id), cell(example.label), cell(example.before),
                              cell(example.after), support::format_short(example.harm, 4)});
    }
    return text;
}

}  // namespace

std::string render_explanation_markdown(const Explanation& explanation, const Style& /*style*/) {
    std::string text = "# metricgate explain: " + code_span(check_label(explanation.row.rule)) +
                       " is " + status_words(explanation.row) + "\n\n";
    for (const verdict::InputInfo& input : explanation.inputs) {
        text += "- " + input_line(input, false, markdown_sink) + "\n";
    }
    text += "- " + policy_line(explanation.policy, markdown_sink) + "\n";
    for (const ExplainedSection& section : explained_sections(explanation, markdown_sink)) {
        text += "\n## " + section.heading + "\n\n";
        for (const ExplainedLine& line : section.lines) {
            const bool asks = line.about.ends_with('?') || line.about.ends_with('.');
            text += "- **" + line.about + (asks ? "** " : ":** ") + line.text + "\n";
        }
    }
    return guard_workflow_lines(text + examples_table(explanation));
}

}  // namespace metricgate::report
