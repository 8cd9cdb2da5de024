#pragma once

#include <cstddef>

#include "metrics/metric.h"

namespace metricgate::metrics {

/// The mass of examples that share one score.
struct RankGroup {
    double positive = 0.0;
    double negative = 0.0;
    std::size_t end = 0;  ///< position behind the group
};

/// The group that starts at `begin`. The order of rows within it does not move a digit. Empty
/// weights mean 1 each.
RankGroup group_at(const Ranked& ranked, std::size_t begin);

/// The mass of all examples, summed group by group as the metrics do.
RankGroup total_of(const Ranked& ranked);

/// Why a metric that compares the classes has no value, or null.
const char* lacks_a_class(const RankGroup& total);

/// The chance that a positive outranks a negative, ties half. Undefined with one class.
Value area_under_roc(const Ranked& ranked);

}  // namespace metricgate::metrics
