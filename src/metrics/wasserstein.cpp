#include "stats/wasserstein.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "metrics/column_checks.h"
#include "metrics/definitions.h"
#include "stats/bootstrap.h"

namespace metricgate::metrics {
namespace {

Distance distance_of(const std::vector<double>& baseline, const std::vector<double>& candidate,
                     const ColumnParameters& parameters, double tail) {
    std::vector<double> pooled;
    pooled.reserve(baseline.size() + candidate.size());
    std::ranges::merge(baseline, candidate, std::back_inserter(pooled));
    const stats::WassersteinNoise noise =
        stats::wasserstein_noise(pooled, baseline.size(), candidate.size(), tail);
    const double deviation =
        parameters.in_baseline_sd ? stats::sample_standard_deviation(baseline) : 1.0;
    // A constant baseline has no scale, which leaves no value.
    const double unit = deviation > 0.0 ? deviation : std::numeric_limits<double>::quiet_NaN();
    return {stats::wasserstein(baseline, candidate) / unit,
            {noise.mean / unit, noise.exceeded / unit, std::nullopt}};
}

ColumnFinding find_wasserstein(const evidence::ColumnSides& sides,
                               const ColumnParameters& parameters, const ColumnChance& chance) {
    ColumnFinding finding = find_between_values(sides, parameters, chance, distance_of);
    if (parameters.in_baseline_sd) {
        const auto& numbers = sides.baseline->numbers;
        const bool constant = !numbers.empty() && std::ranges::all_of(numbers, [&](double value) {
            return value == numbers.front();
        });
        if (constant) {
            finding.noise.reset();
            finding.candidate = Value::undefined(
                "the baseline's column is constant and has no standard deviation to scale by");
        }
        finding.remarks.push_back(
            {"scale", "The distance is in standard deviations of the baseline's values."});
    }
    return finding;
}

}  // namespace

Definition wasserstein() {
    Definition definition;
    definition.name = "wasserstein";
    definition.summary = "how far the values of a numeric column moved on average, in its units";
    definition.formula =
        "area between the empirical distribution functions (first Wasserstein distance); `scale: "
        "sd` divides it by the baseline's standard deviation; empty cells are left out";
    definition.direction = Direction::lower_is_better;
    definition.highest = std::numeric_limits<double>::infinity();
    definition.form =
        ColumnForm{find_wasserstein, always_needs_baseline, takes_type | takes_scale, true};
    return definition;
}

}  // namespace metricgate::metrics
