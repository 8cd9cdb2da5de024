#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evidence/examples.h"
#include "metrics/metric.h"
#include "stats/means.h"

namespace metricgate::comparison {

inline bool is_weighted(const evidence::Examples& examples) {
    return examples.weight.has_value();
}
inline bool is_clustered(const evidence::Examples& examples) {
    return examples.cluster.has_value();
}

/// Values, weights and cluster codes of the listed rows; empty without the column.
std::vector<double> gather(const evidence::NumberColumn& column, const evidence::Rows& rows);
std::vector<double> weights_of(const evidence::Examples& examples, const evidence::Rows& rows);
std::vector<std::uint32_t> clusters_of(const evidence::Examples& examples,
                                       const evidence::Rows& rows);

/// Clusters that have at least one of the rows.
std::size_t occupied_clusters(const evidence::Examples& examples, const evidence::Rows& rows);

/// Rows whose label counts for an outcomes metric; all rows for other metrics.
evidence::Rows rows_that_count(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows);
/// How many they are.
std::size_t count_that_count(const metrics::Metric& metric, const evidence::Examples& examples,
                             const evidence::Rows& rows);

/// Rows of a weight above 0: the others are no evidence. All rows without weights.
evidence::Rows rows_that_weigh(const evidence::Examples& examples, const evidence::Rows& rows);

/// 1 where the side's prediction is a success of an outcomes metric, else 0; rows that count.
std::vector<double> outcomes_of(const metrics::Metric& metric, const evidence::Examples& examples,
                                evidence::Side side, const evidence::Rows& rows);

/// What the policy may not weigh with: a weight that is negative or not finite, or weights that
/// sum to 0. Empty when the weights are usable or absent.
std::string weights_problem(const evidence::Examples& examples, const evidence::Rows& rows);

/// The mean by the estimator that fits: plain t, weighted sandwich, or CR2 when clustered.
stats::MeanEstimate mean_estimate(std::span<const double> values, std::span<const double> weights,
                                  std::span<const std::uint32_t> clusters,
                                  std::size_t cluster_count);

}  // namespace metricgate::comparison
