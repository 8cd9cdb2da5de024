#pragma once

#include <span>

#include "comparison/comparison.h"

namespace metricgate::comparison {

/// Predictions of several runs a side, such as one a seed: the candidate's columns of each element
/// are one run, and row i is the same example in all of them.
struct ExampleRuns {
    std::span<const evidence::Examples> baseline;  ///< empty: the candidate alone
    std::span<const evidence::Examples> candidate;
};

/// Means over runs and examples: the examples' paired t variance, and what the runs of either side
/// add to it. For metrics that are means over examples. `examples` gives weights and clusters;
/// `rows` are of them.
Comparison compare(const metrics::Metric& metric, const evidence::Examples& examples,
                   const ExampleRuns& runs, const evidence::Rows& rows, const Margin& margin,
                   const Options& options);

}  // namespace metricgate::comparison
