#include "damage/amounts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/exact_sum.h"

namespace metricgate::damage {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double mean_magnitude(const std::vector<double>& values) {
    stats::ExactSum sum;
    std::size_t count = 0;
    for (const double value : values) {
        if (std::isfinite(value)) {
            sum.add(std::abs(value));
            ++count;
        }
    }
    const double mean = count > 0 ? sum.value() / static_cast<double>(count) : 0.0;
    return mean > 0.0 && std::isfinite(mean) ? mean : 1.0;
}

}  // namespace

double varied(double size, double place) {
    return size * (0.75 + 0.5 * place);
}

bool Measured::bounded() const {
    return std::isfinite(lowest) && std::isfinite(highest);
}

Measured measured(const std::vector<double>& values, bool higher_is_better, double lowest,
                  double highest) {
    if (std::isfinite(lowest) && std::isfinite(highest)) {
        return {higher_is_better, lowest, highest};
    }
    bool shares = true;
    bool positive = true;
    for (const double value : values) {
        if (std::isfinite(value)) {
            shares = shares && value >= 0.0 && value <= 1.0;
            positive = positive && value > 0.0;
        }
    }
    if (shares) {
        return {higher_is_better, 0.0, 1.0};
    }
    return {higher_is_better, positive ? 0.0 : -infinite, infinite};
}

std::vector<double> moved(const std::vector<double>& values, const std::vector<double>& places,
                          const Measured& limits, bool worse, double size) {
    std::vector<double> result = values;
    const bool upwards = limits.higher_is_better != worse;
    const double end = upwards ? limits.highest : limits.lowest;
    const double scale = mean_magnitude(values);
    for (std::size_t i = 0; i < result.size(); ++i) {
        double& value = result[i];
        const double amount = varied(size, places[i]);
        if (!std::isfinite(value)) {
            continue;
        }
        if (limits.bounded()) {
            value += std::min(1.0, size >= 1.0 ? 1.0 : amount) * (end - value);
        } else if (limits.lowest == 0.0) {
            value = upwards ? value * (1.0 + amount) : value / (1.0 + amount);
        } else {
            value += (upwards ? amount : -amount) * scale;
        }
    }
    return result;
}

}  // namespace metricgate::damage
