#include "cli/recorded_pair.h"

#include <algorithm>

#include "sources/pair_runs.h"
#include "support/text.h"
#include "verdict/judge_recorded.h"

namespace metricgate::cli {
namespace {

using evidence::Entry;
using evidence::Samples;
using metrics::Metric;
using verdict::CheckResult;
using verdict::Rule;
using verdict::Status;

std::size_t runs_of(const Entry& entry) {
    const auto* samples = std::get_if<Samples>(&entry.evidence);
    return samples == nullptr ? 1 : samples->values.size();
}

/// A condition that both sides state and that differs: the other processor, another version of the
/// task. Nothing when the policy allows it.
std::string other_conditions(const policy::Input& input, const Entry& baseline,
                             const Entry& candidate) {
    for (const auto& [name, value] : candidate.conditions) {
        const auto other = baseline.conditions.find(name);
        const bool allowed = std::any_of(
            input.allow_different.begin(), input.allow_different.end(),
            [&, name = name](const auto& glob) { return support::matches_glob(glob.value, name); });
        if (other != baseline.conditions.end() && other->second != value && !allowed) {
            return "it was measured under other conditions: " + support::visible(name) + " is '" +
                   support::visible(other->second) + "' at the baseline and '" +
                   support::visible(value) +
                   "' at the candidate; measure both alike, or allow it (`allow_different: [" +
                   support::visible(name) + "]` of input '" + input.name + "')";
        }
    }
    return "";
}

}  // namespace

std::string wrong_count(const policy::Input& input, const Entry& entry, const char* side) {
    const std::size_t have = runs_of(entry);
    return !input.runs || have == input.runs->value
               ? ""
               : std::string("the ") + side + " has " + support::count_of(have, "run", "runs") +
                     ", and the policy wants " + std::to_string(input.runs->value) +
                     " (`runs` of input '" + input.name + "')";
}

CheckResult judge_recorded_pair(const Rule& rule, const Metric& metric, const Entry& baseline,
                                const Entry& candidate, const PlannedInput& input,
                                const comparison::Options& options, bool same_content) {
    // A side that records no unit is taken by the policy's word.
    const std::string unit_b = baseline.unit.empty() ? metric.unit : baseline.unit;
    const std::string unit_c = candidate.unit.empty() ? metric.unit : candidate.unit;
    if (unit_b != unit_c && !unit_b.empty() && !unit_c.empty()) {
        return verdict::explain(
            rule, Status::incomparable,
            "the unit is '" + unit_b + "' at the baseline and '" + unit_c + "' at the candidate");
    }
    if (unit_b.empty() != unit_c.empty()) {
        return verdict::explain(rule, Status::incomparable,
                                "only one side records its unit, '" + unit_b + unit_c +
                                    "'; record it on both, or say `unit:` in the policy");
    }
    if (const std::string other = other_conditions(input.source, baseline, candidate);
        !other.empty()) {
        return verdict::explain(rule, Status::incomparable, other);
    }
    for (const auto& [entry, side] :
         {std::pair(&candidate, "candidate"), std::pair(&baseline, "baseline")}) {
        if (const std::string wrong = wrong_count(input.source, *entry, side); !wrong.empty()) {
            return verdict::explain(rule, Status::incomparable, wrong);
        }
    }
    verdict::RecordedPair pair;
    pair.copies = same_content && baseline.name == candidate.name;
    const auto* before = std::get_if<Samples>(&baseline.evidence);
    const auto* now = std::get_if<Samples>(&candidate.evidence);
    if (options.paired_runs && before != nullptr && now != nullptr) {
        const sources::PairingRules& rules = input.pairing;
        pair.runs = sources::pair_runs(*before, *now,
                                       {rules.by_position, rules.intersect, rules.min_overlap});
    }
    return verdict::judge_recorded(rule, metric, baseline.evidence, candidate.evidence, pair,
                                   options);
}

}  // namespace metricgate::cli
