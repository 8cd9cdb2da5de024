#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "comparison/chart.h"
#include "evidence/history.h"

namespace metricgate::comparison {

/// One measurement of a history: attempts with the same commit and data digest, their mean.
struct PooledPoint {
    evidence::HistoryPoint point;  ///< value: the mean; non-finite when any attempt is. Standard
                                   ///< error: root mean square, as attempts share their data
    std::size_t attempts = 1;
};

/// The points of a history and its newest one, oldest first, attempts taken together where the
/// first of them stands; those at the newest point stand last.
std::vector<PooledPoint> pooled(const std::vector<evidence::HistoryPoint>& points,
                                const evidence::HistoryPoint& newest);

/// Where limits are based anew last, and why: a point of other data than the one before, or an
/// accepted step.
struct Basis {
    std::size_t first = 0;
    std::string reason;                      ///< empty at the start of the history
    std::vector<std::string> unknown_steps;  ///< accepted, but no point of the history
};
Basis basis_of(const std::vector<PooledPoint>& points, const std::vector<AcceptedStep>& accepted);

/// True when `key` names the point: its key, or the first 7 to 40 digits of its commit.
bool is_named(const evidence::HistoryPoint& point, const std::string& key);

}  // namespace metricgate::comparison
