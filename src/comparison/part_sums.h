#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "comparison/comparison.h"
#include "stats/shared_signs.h"

namespace metricgate::comparison {

/// The two numbers of each example whose means a metric compares: 0 or 1 for outcomes, else its
/// loss. Examples that do not count, or weigh nothing, have a weight of 0.
struct ExampleTerms {
    std::vector<double> baseline;  ///< by row of the examples
    std::vector<double> candidate;
    std::vector<double> weights;  ///< 1 each without weights
    std::string problem;          ///< why there are none, or empty
};

ExampleTerms example_terms(const metrics::Metric& metric, const evidence::Examples& examples,
                           const evidence::Rows& rows);

/// The oriented differences of all examples as amounts of units in parts that may overlap.
stats::SignedAmounts signed_amounts(const ExampleTerms& terms, const evidence::Examples& examples,
                                    const evidence::Rows& all,
                                    const std::vector<evidence::Rows>& parts, double orientation);

}  // namespace metricgate::comparison
