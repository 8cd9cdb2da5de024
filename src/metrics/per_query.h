#pragma once

#include <cstdint>
#include <span>

#include "metrics/reduce.h"

namespace metricgate::metrics {

/// The results of one query by descending score. Ties end where `ends_tie` is true; within a tie
/// the larger grade comes first, so that sums do not depend on the order of rows.
struct RankedQuery {
    std::span<const double> grade;  ///< relevance, at least 0; a result is relevant above 0
    std::span<const std::uint8_t> ends_tie;
};

/// A metric of one query, or why it has none.
using QueryValue = Value (*)(const RankedQuery&, const Parameters&);

/// One value a query and side, to be averaged: the query is what evidence is counted in. Grades are
/// `target`, scores `score`. A query whose value is undefined takes `when_undefined`; without one
/// that is the problem. Weights and clusters belong to queries: they must be the same for all
/// results of one.
Reduced per_query(const Metric& metric, const evidence::Examples& examples,
                  const evidence::Rows& rows, QueryValue value);

/// The first position behind the tie that starts at `begin`.
std::size_t end_of_tie(const RankedQuery& query, std::size_t begin);

}  // namespace metricgate::metrics
