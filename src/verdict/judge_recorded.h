#pragma once

#include <optional>

#include "evidence/paired_samples.h"
#include "verdict/judge.h"
#include "verdict/measured_alike.h"

namespace metricgate::verdict {

/// How two recorded sides belong together.
struct RecordedPair {
    /// Repeated runs joined, where the options ask for pairs and both sides record runs.
    std::optional<evidence::PairedSamples> runs;
    bool copies = false;  ///< one file holds the number and its copy the other
};

/// The row of two recorded numbers or lists of runs. The form that the candidate records is its own
/// choice, so that another form than the baseline's does not excuse a loss: what it leaves out that
/// the baseline states, or has too little of where the baseline has enough, is `incomparable`, and
/// what it states beyond the baseline may keep it from a pass, but not from a failure. What it
/// states in the baseline's own form - a wide error, a small n above `min_examples` - is believed,
/// and warned of where it is less.
CheckResult judge_recorded(const Rule& rule, const metrics::Metric& metric,
                           const RecordedEvidence& baseline, const RecordedEvidence& candidate,
                           const RecordedPair& pair, const comparison::Options& options);

}  // namespace metricgate::verdict
