#include <optional>
#include <string_view>
#include <vector>

#include "report/escape.h"
#include "report/formats.h"
#include "report/json_check.h"
#include "report/json_values.h"
#include "report/phrases.h"

namespace metricgate::report {
namespace {

Json source(const verdict::SourceInfo& info) {
    return {{"description", info.description},
            {"commit", text_or_null(info.commit)},
            {"blob", text_or_null(info.blob)},
            {"commit_time", or_null(info.commit_time)},
            {"metadata", object_of(info.metadata)}};
}

Json source(const std::optional<verdict::SourceInfo>& info) {
    return info ? source(*info) : Json(nullptr);
}

Json pairing(const std::optional<evidence::Pairing>& found) {
    if (!found) {
        return nullptr;
    }
    return {{"baseline_rows", found->baseline_rows},
            {"candidate_rows", found->candidate_rows},
            {"paired", found->paired},
            {"only_baseline", found->only_baseline},
            {"only_candidate", found->only_candidate},
            {"label_disagreements", found->label_disagreements},
            {"first_only_baseline", Json(found->first_only_baseline)},
            {"first_only_candidate", Json(found->first_only_candidate)},
            {"first_label_disagreements", Json(found->first_label_disagreements)},
            {"by_position", found->by_position},
            {"one_file", found->one_file}};
}

Json input(const verdict::InputInfo& info) {
    Json object = {{"name", info.name},
                   {"candidate", source(info.candidate)},
                   {"baseline", source(info.baseline)},
                   {"pairing", pairing(info.pairing)},
                   {"weighted", info.weighted},
                   {"clustered", info.clustered}};
    if (info.different_examples) {
        object["different_examples"] = true;
    }
    return object;
}

Json waiver(const verdict::Waiver& waiver) {
    return {{"check", waiver.check},
            {"slice", object_of(waiver.slice)},
            {"state", verdict::name(waiver.state)},
            {"reason", waiver.reason},
            {"owner", waiver.owner},
            {"expires", waiver.expires},
            {"days_left", waiver.days_left},
            {"abs", number(waiver.absolute)},
            {"rel", number(waiver.relative)},
            {"rows", waiver.rows},
            {"where", place(waiver.where)}};
}

Json counts(const verdict::Counts& counts) {
    Json object = {{"declared", counts.declared}, {"evaluated", counts.evaluated}};
    for (const verdict::Status status : all_statuses()) {
        const auto found = counts.by_status.find(verdict::name(status));
        if (found != counts.by_status.end() && found->second != 0) {
            object[found->first] = found->second;
        }
    }
    return object;
}

Json policy(const verdict::PolicyInfo& info) {
    return {{"path", info.source},
            {"digest", text_or_null(info.digest)},
            {"revision", text_or_null(info.revision)},
            {"built_in", info.built_in},
            {"changed", info.changed},
            {"changes", Json(info.changes)}};
}

/// ASCII only, so that no character of a name reaches a terminal; bytes that are not UTF-8 become
/// U+FFFD.
std::string text_of(const Json& json) {
    return json.dump(2, ' ', true, Json::error_handler_t::replace);
}

/// The report with the rows in its empty list, one after the other: a row as a tree takes a
/// multiple of its text.
std::string with_checks(std::string report, const std::vector<verdict::CheckResult>& rows) {
    constexpr std::string_view empty_list = "\n  \"checks\": [";  // no string holds a line end
    if (rows.empty()) {
        return report;
    }
    const std::size_t start = report.find(empty_list) + empty_list.size();
    const std::string rest = report.substr(start);
    report.resize(start);
    for (const verdict::CheckResult& row : rows) {
        report += &row == &rows.front() ? "\n    " : ",\n    ";
        for (const char c : text_of(json_of(row))) {
            report += c;
            if (c == '\n') {
                report += "    ";
            }
        }
    }
    return report + "\n  " + rest;
}

}  // namespace

std::string render_json(const verdict::GateResult& result, const Style& /*style*/) {
    Json inputs = Json::array();
    for (const verdict::InputInfo& info : result.inputs) {
        inputs.push_back(input(info));
    }
    const bool any = !result.inputs.empty();
    Json report = {{"schema", "metricgate.report/1"},
                   {"program_version", result.program_version},
                   {"verdict", verdict::name(result.verdict)},
                   {"exit_code", result.exit_code},
                   {"not_compared", result.not_compared},
                   {"counts", counts(result.counts)},
                   {"candidate", any ? source(result.inputs.front().candidate) : Json(nullptr)},
                   {"baseline", any ? source(result.inputs.front().baseline) : Json(nullptr)},
                   {"policy", policy(result.policy)},
                   {"inputs", inputs},
                   {"checks", Json::array()},
                   {"warnings", Json(result.warnings)},
                   {"next_steps", Json(result.next_steps)},
                   {"seed", result.seed}};
    if (!result.waivers.empty()) {
        Json waivers = Json::array();
        for (const verdict::Waiver& each : result.waivers) {
            waivers.push_back(waiver(each));
        }
        report["waivers"] = {{"on", result.waivers_on}, {"list", waivers}};
    }
    return guard_json(with_checks(text_of(report), result.checks)) + "\n";
}

}  // namespace metricgate::report
