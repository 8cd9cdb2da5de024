#include "report/markdown_details.h"

#include <algorithm>
#include <set>
#include <vector>

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

/// Lines in their order as long as there is room; the others are counted.
std::string fitting(const std::vector<std::string>& lines, std::size_t room, LeftOut& left_out) {
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (text.size() + lines[i].size() > room) {
            left_out.lines += lines.size() - i;
            break;
        }
        text += lines[i];
    }
    return text;
}

std::vector<const CheckResult*> in_policy_order(const GateResult& result) {
    std::vector<const CheckResult*> rows;
    for (const CheckResult& row : result.checks) {
        rows.push_back(&row);
    }
    return rows;
}

std::string check_line(const CheckResult& row, bool with_level) {
    const Figures figures = figures_of(row, markdown_sink, with_level);
    return markdown_row({status_words(row), check_cell(row.rule), code_cell(row.rule.metric),
                         figures.baseline, figures.candidate, figures.change, figures.allowed,
                         figures.n, figures.mde, figures.method});
}

std::string all_checks(const GateResult& result, std::size_t room, LeftOut& left_out) {
    if (result.checks.empty()) {
        return "";
    }
    const std::string heading =
        markdown_row({"Status", "Check", "Metric", "Baseline", "Candidate", change_heading(result),
                      "Allowed", "n", "Smallest detectable drop", "Method"}) +
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    const bool with_level = shared_confidence(result) == 0.0;
    std::string body;
    for (const CheckResult* row : in_policy_order(result)) {
        body += check_line(*row, with_level);
    }
    const std::string whole =
        section("All checks (" + grouped(result.checks.size()) + ")", heading + body);
    if (whole.size() <= room) {
        return whole;
    }
    constexpr std::size_t around = 200;  // the section's own tags and title
    body.clear();
    std::size_t shown = 0;
    const auto rows = worst_rows(result);
    for (; shown < rows.size(); ++shown) {
        const std::string line = check_line(*rows[shown], with_level);
        if (around + heading.size() + body.size() + line.size() > room) {
            break;
        }
        body += line;
    }
    for (std::size_t i = shown; i < rows.size(); ++i) {
        ++left_out.rows[verdict::name(rows[i]->status)];
    }
    return shown == 0
               ? ""
               : section("Worst checks (" + grouped(shown) + " of " + grouped(rows.size()) + ")",
                         heading + body);
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
std::vector<std::string> metadata(const verdict::InputInfo& input) {
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
        return {};
    }
    const auto cell = [](const evidence::Metadata& data, const std::string& key) {
        const auto found = data.find(key);
        return found == data.end() ? std::string("-") : code_span(found->second);
    };
    std::vector<std::string> lines = {"\n" + markdown_row({"Recorded", "Baseline", "Candidate"}) +
                                      "| --- | --- | --- |\n"};
    for (const std::string& key : keys) {
        lines.push_back(markdown_row({code_span(key),
                                      input.baseline ? cell(input.baseline->metadata, key) : "-",
                                      cell(input.candidate.metadata, key)}));
    }
    return lines;
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
    return text;
}

std::string inputs(const GateResult& result, std::size_t room, LeftOut& left_out) {
    std::vector<std::string> lines;
    for (const verdict::InputInfo& input : result.inputs) {
        lines.push_back((lines.empty() ? "" : "\n") + one_input(input));
        const std::vector<std::string> recorded = metadata(input);
        lines.insert(lines.end(), recorded.begin(), recorded.end());
    }
    const std::string body = fitting(lines, room, left_out);
    return body.empty() ? "" : section("Inputs and pairing", body);
}

void add_row_notes(const CheckResult& row, std::vector<std::string>& lines) {
    const std::string label = code_span(check_label(row.rule));
    for (const comparison::Note& note : row.notes) {
        lines.push_back("- " + label + ": " + escape_markdown(note.text) + "\n");
    }
    const std::string remark = margin_remark(row);
    if (!remark.empty()) {
        lines.push_back("- " + label + ": " + remark + "\n");
    }
    if (row.status == verdict::Status::skipped && !row.reason.empty()) {
        lines.push_back("- " + label + " was skipped: " + escape_markdown(row.reason) + "\n");
    }
}

/// What stands below the notes on rows: about the policy, the program and what to do.
std::vector<std::string> run_notes(const GateResult& result) {
    std::vector<std::string> lines;
    for (const std::string& change : result.policy.changes) {
        lines.push_back("- Changed in the work tree's policy: " + code_span(change) + "\n");
    }
    for (std::size_t i = 1; i < result.next_steps.size(); ++i) {
        lines.push_back("- Further step: " + escape_markdown(result.next_steps[i]) + "\n");
    }
    if (!result.waivers_on.empty()) {
        lines.push_back("- Waivers as of " + result.waivers_on + "\n");
    }
    if (!result.policy.digest.empty()) {
        lines.push_back("- Policy digest " + code_span(result.policy.digest) + ", seed " +
                        std::to_string(result.seed) + "\n");
    }
    if (!result.program_version.empty()) {
        lines.push_back("- Judged by metricgate " + escape_markdown(result.program_version) + "\n");
    }
    return lines;
}

std::string notes(const GateResult& result, std::size_t room, LeftOut& left_out) {
    std::vector<std::string> lines;
    for (const std::string& warning : result.warnings) {
        lines.push_back("- Warning: " + escape_markdown(warning) + "\n");
    }
    for (const CheckResult* row : in_policy_order(result)) {
        add_row_notes(*row, lines);
    }
    const std::string last = fitting(run_notes(result), room, left_out);
    const std::string body = fitting(lines, room - last.size(), left_out) + last;
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
    return code_cell(check_label(rule)) + (hint.empty() ? "" : " (" + hint + ")");
}

std::string markdown_details(const GateResult& result, std::size_t room, LeftOut& left_out) {
    const std::string legend = reading();
    room -= std::min(room, legend.size());
    // What is read less than the rows has a part of the room at most.
    const std::string input_section = inputs(result, room / 8, left_out);
    const std::string note_section = notes(result, room / 8, left_out);
    room -= std::min(room, input_section.size() + note_section.size());
    std::string text = all_checks(result, room, left_out) + input_section + note_section + legend;
    text.pop_back();  // the blank line after the last section
    return text;
}

}  // namespace metricgate::report
