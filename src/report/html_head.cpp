#include "report/escape_html.h"
#include "report/html_sections.h"
#include "report/phrases.h"
#include "report/provenance.h"

namespace metricgate::report {
namespace {

using verdict::GateResult;
using verdict::Verdict;

const char* class_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return "holds";
        case Verdict::undecided:
            return "open";
        case Verdict::fail:
        case Verdict::could_not_judge:
            return "fails";
    }
    return "fails";
}

std::string item(const std::string& html) {
    return "<li>" + html + "</li>\n";
}

std::string list(const std::string& style, const std::string& items) {
    return items.empty() ? "" : "<ul class=\"" + style + "\">\n" + items + "</ul>\n";
}

}  // namespace

void add_head(const GateResult& result, HtmlPage& page) {
    std::string html = "<header>\n<h1><span class=\"brand\">metricgate</span> <span class=\"badge ";
    html += class_of(result.verdict);
    html += "\">" + verdict_word(result.verdict) + "</span>" +
            escape_html(first_line_addition(result)) + "</h1>\n<p class=\"tally\">" + tally(result);
    const std::string note = exit_note(result);
    html += (note.empty() ? "" : " " + note) + "</p>\n";
    std::string steps;
    for (const std::string& step : result.next_steps) {
        steps += item("<b>Next step:</b> " + html_sentence(step));
    }
    html += list("steps", steps);
    std::string sources;
    for (const verdict::InputInfo& input : result.inputs) {
        sources += item(input_line(input, result.inputs.size() > 1, html_sink));
    }
    if (!result.policy.source.empty()) {
        sources += item(policy_line(result.policy, html_sink));
    }
    if (!result.waivers_on.empty()) {
        sources += item("Waivers as of " + escape_html(result.waivers_on) + ".");
    }
    html += list("sources", sources);
    std::string warnings;
    for (const std::string& warning : result.warnings) {
        warnings += item("Warning: " + html_sentence(warning));
    }
    page.add(html + list("warnings", warnings) + "</header>\n");
}

}  // namespace metricgate::report
