// SARIF 2.1.0, as far as GitHub's code scanning reads it: a rule a check, a result a row that is no
// pass, at the line of the policy that asks for it.
#include <map>

#include <nlohmann/json.hpp>

#include "report/entries.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/phrases.h"
#include "report/policy_place.h"

namespace metricgate::report {
namespace {

using Json = nlohmann::ordered_json;
using verdict::GateResult;

/// More findings than this are shown nowhere, and five times as many make GitHub refuse the file.
constexpr std::size_t most_results = 5000;

/// The rule of the run's own verdict. A check's id has no slash.
constexpr const char* run_rule = "metricgate/verdict";

std::string rule_id(const Entry& entry) {
    return entry.row == nullptr ? run_rule : file_sink.name(entry.row->rule.id);
}

/// SARIF's level; nothing for what is no finding.
const char* level_of(Weight weight) {
    switch (weight) {
        case Weight::failure:
        case Weight::error:
        case Weight::undecided:
            return "error";
        case Weight::warning:
            return "warning";
        case Weight::waived:
            return "note";
        case Weight::skipped:
        case Weight::pass:
            return nullptr;
    }
    return "error";
}

/// A path as a URI reference: all but plain characters in percent signs.
std::string uri_of(const std::string& path) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char byte : path) {
        if (plain.find(byte) != std::string_view::npos) {
            uri += byte;
            continue;
        }
        const auto code = static_cast<unsigned char>(byte);
        uri += '%';
        uri += "0123456789ABCDEF"[code >> 4U];
        uri += "0123456789ABCDEF"[code & 15U];
    }
    return uri;
}

Json text_of(const std::string& text) {
    return {{"text", text.empty() ? "-" : text}};
}

/// A message of a finding. `[a](b)` would be a link there and `{0}` a placeholder.
Json message_of(const Entry& entry) {
    std::string out;
    for (const char byte : entry.headline + ": " + entry.sentence) {
        const char before = out.empty() ? ' ' : out.back();
        const bool link = before == ']' && byte == '(';
        const bool placeholder = before == '{' && byte >= '0' && byte <= '9';
        out += link || placeholder ? " " : "";
        out += byte;
    }
    return text_of(out);
}

Json rule_of(const Entry& entry) {
    if (entry.row == nullptr) {
        return {{"id", run_rule},
                {"shortDescription", text_of("The verdict of the run")},
                {"fullDescription", text_of("The verdict of the run, which no pass of a single "
                                            "check can replace.")},
                {"help", text_of("Read the findings of the checks, or the Markdown report.")}};
    }
    const verdict::Rule& rule = entry.row->rule;
    const std::string metric = file_sink.prose(rule.metric);
    const Figures figures = figures_of(*entry.row, file_sink);
    return {{"id", rule_id(entry)},
            {"shortDescription", text_of("Quality gate on " + metric)},
            {"fullDescription",
             text_of("Quality gate on " + metric + "; allowed: " + figures.allowed + ".")},
            {"help", text_of("`metricgate explain` shows what went into the answer, step by step, "
                             "and the examples that changed.")}};
}

Json location(const PolicyPlace& place) {
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uri_of(place.file)}}},
              {"region", {{"startLine", place.line}, {"startColumn", place.column}}}}}};
}

Json result_of(const Entry& entry, const char* level, std::size_t rule_index,
               const GateResult& result) {
    const PolicyPlace place = place_of(entry.row, result.policy);
    Json json = {
        {"ruleId", rule_id(entry)},
        {"ruleIndex", rule_index},
        {"level", level},
        {"message", message_of(entry)},
        {"locations", Json::array({location(place)})},
        {"partialFingerprints", {{"metricgate/v1", fingerprint(entry.row, result.policy)}}},
        {"properties", {{"status", entry.status}, {"name", entry.name}}}};
    if (entry.weight == Weight::waived) {
        json["suppressions"] =
            Json::array({{{"kind", "external"}, {"justification", entry.sentence}}});
    }
    return json;
}

Json invocation(const GateResult& result, std::size_t left_out) {
    Json json = {{"executionSuccessful", result.verdict != verdict::Verdict::could_not_judge},
                 {"exitCode", result.exit_code},
                 {"exitCodeDescription", verdict_word(result.verdict) +
                                             first_line_addition(result) + ": " + tally(result)}};
    if (left_out != 0) {
        json["toolExecutionNotifications"] = Json::array(
            {{{"level", "warning"},
              {"message", text_of("The worst " + grouped(most_results) + " findings are listed; " +
                                  grouped(left_out) + " more were left out.")}}});
    }
    return json;
}

}  // namespace

std::string render_sarif(const GateResult& result, const Style& /*style*/) {
    const std::vector<Entry> entries = worst_first(result);
    Json rules = Json::array();
    Json results = Json::array();
    std::size_t left_out = 0;
    std::map<std::string, std::size_t> index;
    for (const Entry& entry : entries) {
        const auto [known, added] = index.emplace(rule_id(entry), rules.size());
        if (added) {
            rules.push_back(rule_of(entry));
        }
        const char* level = level_of(entry.weight);
        if (level != nullptr && results.size() == most_results) {
            ++left_out;
        } else if (level != nullptr) {
            results.push_back(result_of(entry, level, known->second, result));
        }
    }
    Json driver = {{"name", "metricgate"}, {"rules", rules}};
    if (!result.program_version.empty()) {
        driver["version"] = result.program_version;
    }
    const Json log = {
        {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
        {"version", "2.1.0"},
        {"runs", Json::array({{{"tool", {{"driver", driver}}},
                               {"invocations", Json::array({invocation(result, left_out)})},
                               {"columnKind", "utf16CodeUnits"},
                               {"results", results}}})}};
    return guard_json(log.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

}  // namespace metricgate::report
