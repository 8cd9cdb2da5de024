#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evidence/examples.h"

namespace metricgate::metrics {

/// The examples whose score lies in one bin of `calibration_bin`.
struct CalibrationPoint {
    double from = 0.0;
    double to = 0.0;
    double mean_score = 0.0;  ///< 0 without examples
    double share_positive = 0.0;
    std::uint64_t examples = 0;
};

struct CalibrationCurve {
    std::vector<CalibrationPoint> points;  ///< one a bin, empty bins too
    std::string problem;                   ///< why there is none; else empty
};

/// One side's scores as probabilities, in `bins` of equal width. Weighted when the examples have
/// weights; examples are counted without them.
CalibrationCurve calibration_curve(const evidence::Examples& examples, evidence::Side side,
                                   const evidence::Rows& rows, std::size_t bins);

}  // namespace metricgate::metrics
