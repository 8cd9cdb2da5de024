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

double smallest_blocked(double standard_error, double margin, double confidence, double power) {
    return std::max(margin, normal_quantile(confidence) * standard_error) +
           normal_quantile(power) * standard_error;
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

double pairs_needed(double sd_of_differences, double gap, double confidence, double power) {
    assert(sd_of_differences > 0.0 && gap > 0.0);
    const double ratio = combined_quantile(confidence, power) * (sd_of_differences / gap);
    return ratio * ratio;
}

double pairs_needed_by_t(double sd_of_differences, double gap, double confidence, double power) {
    const auto reached = [&](double n) {
        const double critical = student_t_quantile(confidence, n - 1.0);
        return 1.0 - noncentral_t_cdf(critical, n - 1.0, std::sqrt(n) * gap / sd_of_differences);
    };
    double low = 2.0;
    if (reached(low) >= power) {
        return low;
    }
    double high = std::max(4.0, 2.0 * pairs_needed(sd_of_differences, gap, confidence, power));
    while (reached(high) < power && high < most_examples) {
        high *= 2.0;
    }
    // Bisection to the last digits: power grows with the number of pairs.
    for (int step = 0; step < 200 && high - low > 1e-9 * high; ++step) {
        const double middle = 0.5 * (low + high);
        (reached(middle) < power ? low : high) = middle;
    }
    return high;
}

double outcome_pairs_needed(double discordant, double margin, double true_difference,
                            double confidence, double power) {
    const double variance = discordant - true_difference * true_difference;
    assert(variance > 0.0 && margin + true_difference > 0.0);
    return pairs_needed(std::sqrt(variance), margin + true_difference, confidence, power);
}

}  // namespace metricgate::stats
