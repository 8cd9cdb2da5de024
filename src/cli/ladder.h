#pragma once

#include <optional>
#include <vector>

#include "cli/specimen.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// The sizes of damage that a self-test tries, in ascending order of harm: the loss that the rule
/// tolerates, a quarter more, twice, four times, and so on up to the worst that the metric and the
/// evidence allow.
std::vector<double> ladder_of(const verdict::Rule& rule, const metrics::Metric& metric,
                              damage::Toward toward, const Specimen& specimen);

/// The directions in which a rule can be broken: by a worse candidate, by one that is too good.
bool breaks_when_worse(const verdict::Rule& rule);
bool breaks_when_better(const verdict::Rule& rule);

}  // namespace metricgate::cli
