#include "stats/power.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "stats/distributions.h"

namespace metricgate::stats {

namespace {

constexpr double most_examples = 1e15;

double combined_quantile(double confidence, double power) {
    assert(confidence >= 0.5 && confidence < 1.0 && power >= 0.5 && power < 1.0);
    return normal_quantile(confidence) + normal_quantile(power);
}

}  // namespace

double smallest_detectable(double standard_error, double confidence, double power) {
    return combined_quantile(confidence, power) * standard_error;
}

std::optional<std::uint64_t> examples_needed(double standard_error, std::uint64_t n, double margin,
                                             double confidence, double power) {
    if (!(standard_error > 0.0 && std::isfinite(standard_error) && margin > 0.0 && n > 0)) {
        return std::nullopt;
    }
    const double ratio = combined_quantile(confidence, power) * (standard_error / margin);
    const double needed = std::ceil(ratio * ratio * static_cast<double>(n));
    if (!(needed <= most_examples)) {
        return std::nullopt;
    }
    return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(needed));
}

}  // namespace metricgate::stats
