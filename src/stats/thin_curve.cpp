#include "stats/thin_curve.h"

#include <algorithm>
#include <array>

namespace metricgate::stats {

void ThinCurve::add(CurvePoint point) {
    const double place = std::clamp(point.x, 0.0, 1.0) * static_cast<double>(m_columns);
    const std::size_t column = std::min(static_cast<std::size_t>(place), m_columns - 1);
    if (m_seen != 0 && column != m_column) {
        close();
    }
    m_column = column;
    const Placed placed{point, m_seen++};
    if (placed.at == 0) {
        m_first = m_lowest = m_highest = placed;
    }
    m_last = placed;
    if (point.y < m_lowest.point.y) {
        m_lowest = placed;
    }
    if (point.y > m_highest.point.y) {
        m_highest = placed;
    }
}

std::vector<CurvePoint> ThinCurve::points() {
    if (m_seen != 0) {
        close();
    }
    return std::move(m_points);
}

void ThinCurve::close() {
    std::array<Placed, 4> kept = {m_first, m_lowest, m_highest, m_last};
    std::ranges::sort(kept, {}, &Placed::at);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (i == 0 || kept[i].at != kept[i - 1].at) {
            m_points.push_back(kept[i].point);
        }
    }
    m_seen = 0;
}

}  // namespace metricgate::stats
