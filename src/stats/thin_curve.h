#pragma once

#include <cstddef>
#include <vector>

namespace metricgate::stats {

struct CurvePoint {
    double x = 0.0;
    double y = 0.0;
    bool operator==(const CurvePoint&) const = default;
};

/// Thins a curve over [0, 1] so that its drawing stays the same: of the points in each of `columns`
/// equal columns the first, the last, the lowest and the highest are kept (Jugel et al., "M4: a
/// visualization-oriented time series data aggregation", VLDB 2014). At most 4 * columns points
/// remain, however many came.
class ThinCurve {
public:
    explicit ThinCurve(std::size_t columns) : m_columns(columns) {}

    /// Points come by ascending x.
    void add(CurvePoint point);
    [[nodiscard]] std::vector<CurvePoint> points();

private:
    void close();

    std::size_t m_columns;
    std::size_t m_column = 0;  ///< of what follows
    std::size_t m_seen = 0;    ///< points in it
    struct Placed {
        CurvePoint point;
        std::size_t at = 0;  ///< its position among the points of the column
    };
    Placed m_first, m_last, m_lowest, m_highest;
    std::vector<CurvePoint> m_points;
};

}  // namespace metricgate::stats
