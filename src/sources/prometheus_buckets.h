#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sources/prometheus_histogram.h"
#include "sources/prometheus_series.h"

namespace metricgate::sources {

/// The series of one classic histogram.
struct PrometheusHistogram {
    std::vector<std::pair<double, const PrometheusSeries*>> buckets;  ///< by bound, ascending
    const PrometheusSeries* sum = nullptr;
    const PrometheusSeries* count = nullptr;
    support::Location where;
};

/// What a cumulative series gained: its only value (since its start), or the increase over its
/// points, where a fall is a restart from 0. Nothing when a value is not finite.
std::optional<double> gain_of(const PrometheusSeries& series);

/// Their counts by bound, and the bounds as text; what is wrong with them otherwise.
std::optional<std::string> read_buckets(const PrometheusHistogram& histogram,
                                        std::vector<HistogramBucket>& buckets, std::string& bounds);

}  // namespace metricgate::sources
