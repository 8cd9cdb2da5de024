#include "sources/pair_runs.h"

#include <algorithm>
#include <map>
#include <vector>

#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {
namespace {

using evidence::PairedSamples;
using evidence::Samples;

constexpr std::size_t most_named = 5;

/// Values by id, or why there are none.
std::map<std::string, double> by_id(const Samples& samples, const char* side,
                                    std::string& problem) {
    std::map<std::string, double> values;
    if (samples.ids.size() != samples.values.size()) {
        problem = std::string("the ") + side +
                  "'s runs are not named, so they cannot be paired; record what `run_id` asks for, "
                  "or say `pair_by: position`";
        return values;
    }
    for (std::size_t i = 0; i < samples.ids.size(); ++i) {
        if (!values.emplace(samples.ids[i], samples.values[i]).second) {
            problem = "run '" + support::visible(samples.ids[i]) + "' stands twice at the " + side +
                      "; each run counts once";
        }
    }
    return values;
}

std::string named(std::vector<std::string> ids) {
    const std::size_t all = ids.size();
    ids.resize(std::min(all, most_named));
    for (std::string& id : ids) {
        id = "'" + support::visible(id) + "'";
    }
    if (all > most_named) {
        ids.push_back(std::to_string(all - most_named) + " more");
    }
    return support::enumerate(ids);
}

std::string describe_unmatched(const std::vector<std::string>& only_baseline,
                               const std::vector<std::string>& only_candidate) {
    std::string text;
    if (!only_baseline.empty()) {
        text = "only the baseline has " +
               std::string(only_baseline.size() == 1 ? "run " : "runs ") + named(only_baseline);
    }
    if (!only_candidate.empty()) {
        text += (text.empty() ? "only the candidate has " : "; only the candidate has ") +
                std::string(only_candidate.size() == 1 ? "run " : "runs ") + named(only_candidate);
    }
    return text;
}

PairedSamples by_position(const Samples& baseline, const Samples& candidate) {
    PairedSamples paired{baseline, candidate, "", ""};
    if (baseline.values.size() != candidate.values.size()) {
        paired.incomparable =
            "paired by position, both sides need equally many runs; the baseline "
            "has " +
            std::to_string(baseline.values.size()) + ", the candidate " +
            std::to_string(candidate.values.size());
    }
    return paired;
}

}  // namespace

evidence::PairedSamples pair_runs(const Samples& baseline, const Samples& candidate,
                                  const RunPairing& rules) {
    if (rules.by_position) {
        return by_position(baseline, candidate);
    }
    PairedSamples paired;
    paired.baseline.flaw = baseline.flaw;
    paired.candidate.flaw = candidate.flaw;
    const auto before = by_id(baseline, "baseline", paired.incomparable);
    const auto after = by_id(candidate, "candidate", paired.incomparable);
    if (!paired.incomparable.empty()) {
        return paired;
    }
    std::vector<std::string> only_baseline;
    std::vector<std::string> only_candidate;
    for (const auto& [id, value] : before) {
        const auto other = after.find(id);
        if (other == after.end()) {
            only_baseline.push_back(id);
            continue;
        }
        paired.baseline.values.push_back(value);
        paired.candidate.values.push_back(other->second);
        paired.baseline.ids.push_back(id);
        paired.candidate.ids.push_back(id);
    }
    for (const auto& [id, value] : after) {
        if (before.count(id) == 0) {
            only_candidate.push_back(id);
        }
    }
    const std::string unmatched = describe_unmatched(only_baseline, only_candidate);
    if (unmatched.empty()) {
        return paired;
    }
    const std::size_t larger = std::max(before.size(), after.size());
    const double overlap =
        static_cast<double>(paired.baseline.values.size()) / static_cast<double>(larger);
    if (!rules.intersect) {
        paired.incomparable = unmatched +
                              "; give both sides the same runs, or say `on_partial_overlap: "
                              "intersect` to compare the common ones";
    } else if (paired.baseline.values.empty() || !(overlap >= rules.min_overlap)) {
        paired.incomparable = std::to_string(paired.baseline.values.size()) + " of " +
                              std::to_string(larger) + " runs are on both sides, a share of " +
                              support::format_short(overlap) + "; at least " +
                              support::format_short(rules.min_overlap) + " is wanted; " + unmatched;
    } else {
        paired.left_out = "Runs on one side only are left out: " + unmatched + ".";
    }
    return paired;
}

}  // namespace metricgate::sources
