#pragma once

#include <optional>
#include <string>
#include <variant>

#include "comparison/comparison.h"
#include "verdict/judge.h"

namespace metricgate::verdict {

/// What a metric file records of a metric.
using RecordedEvidence = std::variant<evidence::Scalar, evidence::Samples>;

/// Why a recorded number was not measured as the baseline's was: it lacks the standard error, n or
/// counts that the baseline states, and by which the two would be judged. Empty when it was; a
/// candidate may state more than its baseline, and leave out what nothing reads. `method`: what
/// compared the two.
std::string not_measured_alike(const Rule& rule, const metrics::Metric& metric,
                               const evidence::Scalar& baseline, const evidence::Scalar& candidate,
                               const std::string& method, const comparison::Options& options);

/// The same of a candidate that is a list of runs, which has nothing of the kind. A rule that holds
/// the candidate's value alone against its limits takes any form.
std::string not_measured_alike(const Rule& rule, const metrics::Metric& metric,
                               const evidence::Scalar& baseline);

/// Why the candidate's number rests on too little where the baseline's does not: on fewer examples
/// than `min_examples`, or on a standard error of 0 where the baseline's would show the loss. Empty
/// where it rests on enough, or the baseline does not either.
std::string too_few_examples(const Rule& rule, const metrics::Metric& metric,
                             const evidence::Scalar& baseline, const evidence::Scalar& candidate,
                             const comparison::Comparison& compared,
                             const comparison::Options& options);

/// The same of runs: fewer than `compared` needs, of a baseline that has as many.
std::string too_few_runs(const evidence::Samples& baseline, const evidence::Samples& candidate,
                         const comparison::Comparison& compared);

/// The candidate without what only it states; nothing where it states no more than the baseline.
std::optional<evidence::Scalar> stated_by_both(const evidence::Scalar& baseline,
                                               const evidence::Scalar& candidate);

}  // namespace metricgate::verdict
