#pragma once

#include <string>

#include "comparison/comparison.h"
#include "stats/means.h"

namespace metricgate::comparison {

/// Where the values behind a mean are too skewed for so few independent units, no pass is given.
/// With the long tail on the side of losses a claimed loss still stands: the t statistic then falls
/// below its lower quantile less often than it should (Hall 1992, the Edgeworth term in the
/// skewness).
class SkewnessFloor {
public:
    /// `units` independent ones, called `unit` ("examples", "clusters").
    SkewnessFloor(std::size_t units, std::string unit, double orientation);

    /// Remembers what the estimate needs, and gives it back.
    const stats::MeanEstimate& watch(const stats::MeanEstimate& estimate);
    /// Marks the comparison insufficient where more units are needed than there are.
    void apply(Comparison& out) const;

private:
    std::size_t m_units;
    std::string m_unit;
    double m_orientation;
    std::size_t m_need = 0;
    bool m_towards_losses = true;
};

}  // namespace metricgate::comparison
