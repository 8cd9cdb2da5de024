// Asks for more examples where the values behind a mean are skewed.
#include "comparison/skewness_floor.h"

#include <algorithm>
#include <utility>

#include "stats/skewness.h"

namespace metricgate::comparison {

SkewnessFloor::SkewnessFloor(std::size_t units, std::string unit, double orientation)
    : m_units(units), m_unit(std::move(unit)), m_orientation(orientation) {}

const stats::MeanEstimate& SkewnessFloor::watch(const stats::MeanEstimate& estimate) {
    m_need = std::max(m_need,
                      stats::units_for_skewness(estimate.skewness, static_cast<double>(m_units)));
    m_towards_losses = m_towards_losses && m_orientation * estimate.skewness < 0.0;
    return estimate;
}

void SkewnessFloor::apply(Comparison& out) const {
    if (m_need > 0 && !out.insufficient && !out.degenerate) {
        out.insufficient =
            Insufficient{m_unit + " for differences as skewed as these", m_units, m_need};
        out.loss_claims_stand = m_towards_losses;
    }
}

}  // namespace metricgate::comparison
