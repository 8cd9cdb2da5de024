#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "evidence/examples.h"
#include "stats/thin_curve.h"

namespace metricgate::metrics {

/// What the thresholds of one side's score could do.
struct OperatingCurves {
    std::vector<stats::CurvePoint> roc;  ///< false-alarm rate, recall
    /// Recall, precision: y is the precision that is had from the recall before up to x.
    std::vector<stats::CurvePoint> precision_recall;
    std::vector<stats::CurvePoint> recall_at;     ///< the best recall at a false-alarm rate up to x
    std::vector<stats::CurvePoint> precision_at;  ///< the best precision at a recall from x
    std::string problem;                          ///< why there are none; else empty
};

/// Thinned to at most 4 * `columns` points a curve. Weighted when the examples have weights.
OperatingCurves operating_curves(const evidence::Examples& examples, evidence::Side side,
                                 const evidence::Rows& rows, std::size_t columns,
                                 std::span<const double> false_alarm_rates,
                                 std::span<const double> recalls);

}  // namespace metricgate::metrics
