#include "report/escape.h"
#include "report/markdown_details.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "report/selftest_renderers.h"
#include "report/selftest_words.h"

namespace metricgate::report {
namespace {

using verdict::SelftestResult;
using verdict::SelftestRow;

/// "caught (error)" of each fault in its column; what does not apply says why below the table.
std::string fault_cell(const SelftestRow& row, const std::string& fault) {
    for (const verdict::FaultAnswer& answer : row.faults) {
        if (answer.fault == fault) {
            return table_cell(escape_markdown(
                fault_words(answer) + (answer.outcome == verdict::FaultAnswer::Outcome::caught
                                           ? ""
                                           : ": " + answer.what)));
        }
    }
    return "-";
}

}  // namespace

std::string render_selftest_markdown(const SelftestResult& result, const Style& /*style*/) {
    std::string text = "# metricgate selftest: " + escape_markdown(selftest_headline(result)) +
                       "\n\n" + selftest_explained() + "\n\n";
    for (const verdict::InputInfo& input : result.inputs) {
        text += "- " + input_line(input, result.inputs.size() > 1, markdown_sink) + "\n";
    }
    if (!result.policy.source.empty()) {
        text += "- " + policy_line(result.policy, markdown_sink) + "\n";
    }
    for (const std::string& warning : result.warnings) {
        text += "- Warning: " + escape_markdown(warning) + "\n";
    }
    text += "\n" +
            markdown_row({"Check", "Can it go red", "What was done and found", "NaN", "Missing",
                          "Shrunken"}) +
            "| --- | --- | --- | --- | --- | --- |\n";
    for (const SelftestRow& row : result.rows) {
        text +=
            markdown_row({check_cell(row.rule), "**" + ability_words(row) + "**",
                          table_cell(selftest_finding(row, markdown_sink)), fault_cell(row, "nan"),
                          fault_cell(row, "missing"), fault_cell(row, "shrunken")});
    }
    const std::string step = selftest_next_step(result);
    text += step.empty() ? "" : "\n**Next step:** " + escape_markdown(step) + "\n";
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
