#pragma once

#include <cstddef>
#include <string>

#include "evidence/examples.h"
#include "metrics/metric.h"

namespace metricgate::metrics {

/// What a metric with a ReducedForm is judged on.
struct Reduced {
    evidence::Examples examples;    ///< all rows count
    Metric metric;                  ///< of them; named like the metric it stands for
    std::string unit = "examples";  ///< what a row is
    std::string rarest_class;       ///< where every class needs examples: the one with the fewest,
    std::size_t of_rarest = 0;      ///< and how many those are; empty otherwise
    std::size_t substituted = 0;  ///< rows that took the policy's `when_undefined`, on either side
    std::string degenerate;  ///< why the evidence decides nothing, as a sentence; empty otherwise
    std::string problem;     ///< why there is nothing to judge; empty when there is
};

/// The evidence of `rows` behind a metric with a ReducedForm; other metrics have none, which is a
/// problem. A side without any of the metric's columns (first run) is left out.
Reduced reduce(const Metric& metric, const evidence::Examples& examples,
               const evidence::Rows& rows);

// For the forms themselves.

/// One example a row, with its id, weight and cluster, and no other column yet.
evidence::Examples one_a_row(const evidence::Examples& examples, const evidence::Rows& rows);

/// `metric` as the entry `name` of the catalog ("mean", "median") of the value column that has the
/// metric's own name.
Metric of_values(const Metric& metric, std::string_view name);

}  // namespace metricgate::metrics
