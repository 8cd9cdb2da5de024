#pragma once

#include "cli/measured_alike.h"
#include "sources/pairing.h"
#include "verdict/judge.h"

namespace metricgate::cli {

/// How two recorded sides belong together.
struct RecordedPair {
    sources::PairingRules pairing;  ///< of repeated runs, where the options ask for pairs
    bool copies = false;            ///< one file holds the number and its copy the other
};

/// The row of two recorded numbers or lists of runs. The form that the candidate records is its own
/// choice, so that none makes a loss weaker: what it leaves out that the baseline states, or has
/// too little of where the baseline has enough, is `incomparable`, and what it states beyond the
/// baseline may keep it from a pass, but not from a failure.
verdict::CheckResult judge_recorded(const verdict::Rule& rule, const metrics::Metric& metric,
                                    const RecordedEvidence& baseline,
                                    const RecordedEvidence& candidate, const RecordedPair& pair,
                                    const comparison::Options& options);

}  // namespace metricgate::cli
