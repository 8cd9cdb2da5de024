// GitLab's Code Quality report: a JSON array of findings. Findings with equal fingerprints are one
// to GitLab, so the fingerprint knows the policy's file, the check and the slice, and no number.
#include <optional>

#include <nlohmann/json.hpp>

#include "report/entries.h"
#include "report/formats.h"
#include "report/policy_place.h"

namespace metricgate::report {
namespace {

using Json = nlohmann::ordered_json;

/// GitLab's word for how bad a finding is; nothing for what is no finding.
const char* severity(const Entry& entry) {
    switch (entry.weight) {
        case Weight::error:
            return "blocker";
        case Weight::failure:
            return "critical";
        case Weight::undecided:
            return "major";
        case Weight::warning:
            return "minor";
        case Weight::waived:
        case Weight::skipped:
        case Weight::pass:
            return nullptr;
    }
    return "blocker";
}

}  // namespace

std::string render_codequality(const verdict::GateResult& result, const Style& /*style*/) {
    Json findings = Json::array();
    for (const Entry& entry : worst_first(result)) {
        const char* word = severity(entry);
        if (word == nullptr) {
            continue;
        }
        const PolicyPlace place = place_of(entry.row, result.policy);
        findings.push_back(
            {{"description", entry.headline + ": " + entry.sentence},
             {"check_name", entry.row == nullptr ? entry.name : file_sink.name(entry.row->rule.id)},
             {"fingerprint", fingerprint(entry.row, result.policy)},
             {"severity", word},
             {"location", {{"path", place.file}, {"lines", {{"begin", place.line}}}}}});
    }
    return guard_json(findings.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

}  // namespace metricgate::report
