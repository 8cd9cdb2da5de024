#include <set>

#include "report/escape_html.h"
#include "report/figures.h"
#include "report/html_sections.h"
#include "report/phrases.h"
#include "report/provenance.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;

std::string item(const std::string& html) {
    return "<li>" + html + "</li>\n";
}

std::string ids(const char* what, const std::vector<std::string>& first) {
    if (first.empty()) {
        return "";
    }
    std::string text = what + std::string(", first ") + grouped(first.size()) + ": ";
    for (std::size_t i = 0; i < first.size(); ++i) {
        text += (i == 0 ? "" : ", ") + html_name(first[i]);
    }
    return item(text);
}

std::string side(const char* title, const verdict::SourceInfo& source) {
    std::string text = std::string(title) + " " + html_name(source.description);
    text += source.commit.empty() ? "" : ", commit " + html_name(source.commit);
    text += source.blob.empty() ? "" : ", blob " + html_name(source.blob);
    return item(text);
}

/// What the files say of themselves, side by side.
std::string metadata(const verdict::InputInfo& input) {
    static const evidence::Metadata nothing;
    const evidence::Metadata& baseline = input.baseline ? input.baseline->metadata : nothing;
    std::set<std::string> keys;
    for (const auto* data : {&baseline, &input.candidate.metadata}) {
        for (const auto& [key, value] : *data) {
            keys.insert(key);
        }
    }
    const auto cell = [](const evidence::Metadata& data, const std::string& key) {
        const auto found = data.find(key);
        return found == data.end() ? std::string("-") : html_name(found->second);
    };
    HtmlTable table({"Recorded", "Baseline", "Candidate"});
    for (const std::string& key : keys) {
        table.add({html_name(key), cell(baseline, key), cell(input.candidate.metadata, key)});
    }
    return keys.empty() ? "" : table.html();
}

std::string one_input(const verdict::InputInfo& input) {
    std::string items = side("Candidate", input.candidate);
    items += input.baseline ? side("Baseline", *input.baseline) : item("No baseline");
    if (input.pairing) {
        const evidence::Pairing& pairing = *input.pairing;
        items += item(grouped(pairing.candidate_rows) + " rows in the candidate, " +
                      grouped(pairing.baseline_rows) + " in the baseline: " + pairing_line(input) +
                      (pairing.one_file ? "; both sides are columns of one file" : ""));
        items += ids("Only in the baseline", pairing.first_only_baseline);
        items += ids("Only in the candidate", pairing.first_only_candidate);
        items += ids("Labels differ", pairing.first_label_disagreements);
    }
    items += input.weighted ? item("Examples are weighted") : "";
    items += input.clustered
                 ? item("Examples come in clusters; the interval counts clusters, not examples")
                 : "";
    return "<h3>Input " + html_name(input.name) + "</h3>\n<ul>\n" + items + "</ul>\n" +
           metadata(input);
}

std::string inputs(const GateResult& result) {
    std::string html;
    for (const verdict::InputInfo& input : result.inputs) {
        html += one_input(input);
    }
    return html.empty() ? "" : html_folded("Inputs and pairing", html);
}

std::string notes(const GateResult& result) {
    std::string items;
    for (const CheckResult& row : result.checks) {
        for (const comparison::Note& note : row.notes) {
            items += item(html_name(check_label(row.rule)) + ": " + html_sentence(note.text));
        }
        const std::string remark = margin_remark(row);
        if (!remark.empty()) {
            items += item(html_name(check_label(row.rule)) + ": " + remark);
        }
    }
    for (const std::string& change : result.policy.changes) {
        items += item("Changed in the work tree's policy: " + html_name(change));
    }
    if (!result.policy.digest.empty()) {
        items += item("Policy digest " + html_name(result.policy.digest) + ", seed " +
                      std::to_string(result.seed));
    }
    return items.empty() ? "" : html_folded("Notes", "<ul>\n" + items + "</ul>\n");
}

std::string reading() {
    std::string html =
        "<p>Change is candidate minus baseline, turned so that minus is worse, in the metric's own "
        "units. The bracket holds the interval: each of its ends is right with the confidence that "
        "the policy asks for. A check passes when the whole interval stays above minus the allowed "
        "loss, and fails when the drop is beyond noise and reaches it. The smallest detectable "
        "drop is what this data shows four times out of five.</p>\n<ul>\n";
    for (const Meaning& meaning : status_meanings()) {
        html += item("<b>" + std::string(meaning.word) + "</b>: " + meaning.text);
    }
    html += "</ul>\n<p>Exit codes: ";
    const char* separator = "";
    for (const Meaning& meaning : exit_meanings()) {
        html += std::string(separator) + "<b>" + meaning.word + "</b> " + meaning.text;
        separator = ", ";
    }
    return html_folded("How to read this report", html + ".</p>\n");
}

}  // namespace

void add_notes(const GateResult& result, HtmlPage& page) {
    page.add("<section>\n<h2>Behind the numbers</h2>\n");
    page.add(inputs(result) + notes(result) + reading());
    page.add("</section>\n<footer>");
    page.add(result.program_version.empty()
                 ? "Judged by metricgate"
                 : "Judged by metricgate " + html_sentence(result.program_version));
    page.add(
        ". The charts are drawn by Vega and Vega-Lite, whose licences stand in this file's "
        "script.</footer>\n");
}

}  // namespace metricgate::report
