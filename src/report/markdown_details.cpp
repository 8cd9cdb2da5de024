#include "report/markdown_details.h"

#include <set>

#include "report/escape.h"
#include "report/figures.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "report/rows.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;

std::string section(const std::string& title, const std::string& body) {
    return "<details>\n<summary>" + title + "</summary>\n\n" + body + "\n</details>\n\n";
}

std::string all_checks(const GateResult& result) {
    if (result.checks.empty()) {
        return "";
    }
    const bool with_level = shared_confidence(result) == 0.0;
    std::string body =
        markdown_row({"Status", "Check", "Metric", "Baseline", "Candidate", change_heading(result),
                      "Allowed", "n", "Smallest detectable drop", "Method"}) +
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (const CheckResult& row : result.checks) {
        const Figures figures = figures_of(row, markdown_sink, with_level);
        body += markdown_row({status_words(row), check_cell(row.rule), code_span(row.rule.metric),
                              figures.baseline, figures.candidate, figures.change, figures.allowed,
                              figures.n, figures.mde, figures.method});
    }
    return section("All checks (" + grouped(result.checks.size()) + ")", body);
}

std::string ids(const std::string& what, const std::vector<std::string>& first) {
    if (first.empty()) {
        return "";
    }
    std::string text = "- " + what + ", first " + grouped(first.size()) + ": ";
    for (std::size_t i = 0; i < first.size(); ++i) {
        text += (i == 0 ? "" : ", ") + code_span(first[i]);
    }
    return text + "\n";
}

std::string side(const char* title, const verdict::SourceInfo& source) {
    std::string text = std::string("- ") + title + " " + code_span(source.description);
    if (!source.commit.empty()) {
        text += ", commit " + code_span(source.commit);
    }
    if (!source.blob.empty()) {
        text += ", blob " + code_span(source.blob);
    }
    return text + "\n";
}

/// What the files say of themselves, side by side.
std::string metadata(const verdict::InputInfo& input) {
    std::set<std::string> keys;
    for (const auto& [key, value] : input.candidate.metadata) {
        keys.insert(key);
    }
    if (input.baseline) {
        for (const auto& [key, value] : input.baseline->metadata) {
            keys.insert(key);
        }
    }
    if (keys.empty()) {
        return "";
    }
    const auto cell = [](const evidence::Metadata& data, const std::string& key) {
        const auto found = data.find(key);
        return found == data.end() ? std::string("-") : code_span(found->second);
    };
    std::string text =
        "\n" + markdown_row({"Recorded", "Baseline", "Candidate"}) + "| --- | --- | --- |\n";
    for (const std::string& key : keys) {
        text += markdown_row({code_span(key),
                              input.baseline ? cell(input.baseline->metadata, key) : "-",
                              cell(input.candidate.metadata, key)});
    }
    return text;
}

std::string one_input(const verdict::InputInfo& input) {
    std::string text = "**Input** " + code_span(input.name) + "\n\n";
    text += side("Candidate", input.candidate);
    text += input.baseline ? side("Baseline", *input.baseline) : "- No baseline\n";
    if (input.pairing) {
        const evidence::Pairing& pairing = *input.pairing;
        text += "- " + grouped(pairing.candidate_rows) + " rows in the candidate, " +
                grouped(pairing.baseline_rows) + " in the baseline: " + pairing_line(input) +
                (pairing.one_file ? "; both sides are columns of one file" : "") + "\n";
        text += ids("Only in the baseline", pairing.first_only_baseline);
        text += ids("Only in the candidate", pairing.first_only_candidate);
        text += ids("Labels differ", pairing.first_label_disagreements);
    }
    if (input.weighted) {
        text += "- Examples are weighted\n";
    }
    if (input.clustered) {
        text += "- Examples come in clusters; the interval counts clusters, not examples\n";
    }
    return text + metadata(input);
}

std::string inputs(const GateResult& result) {
    std::string body;
    for (const verdict::InputInfo& input : result.inputs) {
        body += (body.empty() ? "" : "\n") + one_input(input);
    }
    return body.empty() ? "" : section("Inputs and pairing", body);
}

std::string notes(const GateResult& result) {
    std::string body;
    for (const std::string& warning : result.warnings) {
        body += "- Warning: " + escape_markdown(warning) + "\n";
    }
    for (const CheckResult& row : result.checks) {
        for (const comparison::Note& note : row.notes) {
            body +=
                "- " + code_span(check_label(row.rule)) + ": " + escape_markdown(note.text) + "\n";
        }
        const std::string remark = margin_remark(row);
        if (!remark.empty()) {
            body += "- " + code_span(check_label(row.rule)) + ": " + remark + "\n";
        }
        if (row.status == verdict::Status::skipped && !row.reason.empty()) {
            body += "- " + code_span(check_label(row.rule)) +
                    " was skipped: " + escape_markdown(row.reason) + "\n";
        }
    }
    for (const std::string& change : result.policy.changes) {
        body += "- Changed in the work tree's policy: " + code_span(change) + "\n";
    }
    for (std::size_t i = 1; i < result.next_steps.size(); ++i) {
        body += "- Further step: " + escape_markdown(result.next_steps[i]) + "\n";
    }
    if (!result.waivers_on.empty()) {
        body += "- Waivers as of " + result.waivers_on + "\n";
    }
    if (!result.policy.digest.empty()) {
        body += "- Policy digest " + code_span(result.policy.digest) + ", seed " +
                std::to_string(result.seed) + "\n";
    }
    if (!result.program_version.empty()) {
        body += "- Judged by metricgate " + escape_markdown(result.program_version) + "\n";
    }
    return body.empty() ? "" : section("Notes", body);
}

std::string reading() {
    std::string body =
        "Change is candidate minus baseline, turned so that minus is worse, in the metric's own "
        "units. The bracket holds the interval: each of its ends is right with the confidence that "
        "the policy asks for. A check passes when the whole interval stays above minus the allowed "
        "loss, and fails when the drop is beyond noise and reaches it. The smallest detectable "
        "drop "
        "is what this data shows four times out of five.\n\n";
    for (const Meaning& meaning : status_meanings()) {
        body += std::string("- `") + meaning.word + "`: " + meaning.text + "\n";
    }
    body += "\nExit codes: ";
    const char* separator = "";
    for (const Meaning& meaning : exit_meanings()) {
        body += std::string(separator) + "`" + meaning.word + "` " + meaning.text;
        separator = ", ";
    }
    return section("How to read this report", body + ".\n");
}

}  // namespace

std::string markdown_row(std::initializer_list<std::string> cells) {
    std::string line = "|";
    for (const std::string& cell : cells) {
        line += " " + table_cell(cell) + " |";
    }
    return line + "\n";
}

std::string check_cell(const verdict::Rule& rule) {
    const std::string hint = direction_hint(rule);
    return code_span(check_label(rule)) + (hint.empty() ? "" : " (" + hint + ")");
}

std::string markdown_details(const GateResult& result) {
    std::string text = all_checks(result) + inputs(result) + notes(result) + reading();
    text.pop_back();  // the blank line after the last section
    return text;
}

}  // namespace metricgate::report
