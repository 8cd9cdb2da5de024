// Resamples of functions of weighted means (RMSE, R2): per unit the fixed-point sums of its terms.
#include <algorithm>
#include <cmath>
#include <memory>

#include "comparison/columns.h"
#include "comparison/resample.h"
#include "comparison/units.h"
#include "metrics/evaluate.h"

namespace metricgate::comparison {
namespace {

/// The weight of every unit, then the terms of the baseline, then those of the candidate.
struct MomentUnits {
    UnitAmounts units;
    std::vector<FixedPoint> scales;  ///< a column
    std::size_t terms = 0;
};

std::string add_column(MomentUnits& result, const Units& units, const std::vector<double>& weights,
                       std::size_t column, const double* values, std::size_t stride,
                       std::size_t count) {
    const auto value = [&](std::size_t i) {
        const double own = values == nullptr ? 1.0 : values[i * stride];
        return weights.empty() ? own : own * weights[i];
    };
    double largest = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isfinite(value(i))) {
            return "a term of the metric is not a finite number";
        }
        largest = std::max(largest, std::abs(value(i)));
    }
    const FixedPoint scale(largest, count);
    result.scales.push_back(scale);
    for (std::size_t i = 0; i < count; ++i) {
        result.units.amounts[units.of(i) * result.units.columns + column] += scale.of(value(i));
    }
    return {};
}

std::string add_side(MomentUnits& result, const Units& units, const std::vector<double>& weights,
                     const metrics::Terms& terms, std::size_t first_column, std::size_t count) {
    if (!terms.problem.empty()) {
        return terms.problem;
    }
    for (std::size_t term = 0; term < result.terms; ++term) {
        std::string problem = add_column(result, units, weights, first_column + term,
                                         terms.values.data() + term, result.terms, count);
        if (!problem.empty()) {
            return problem;
        }
    }
    return {};
}

}  // namespace

Resampling resample_moments(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& rows, std::uint64_t seed,
                            const BothSides& sides) {
    const Units units = units_of(examples, rows);
    const std::vector<double> weights = weights_of(examples, rows);
    auto data = std::make_shared<MomentUnits>();
    data->terms = std::get<metrics::MomentsForm>(metric.definition->form).count(metric.parameters);
    data->units.hashes = units.hashes;
    data->units.columns = 1 + 2 * data->terms;
    data->units.amounts.assign(units.hashes.size() * data->units.columns, 0);
    std::string problem = add_column(*data, units, weights, 0, nullptr, 0, rows.size());
    // One side's terms at a time, to hold fewer of them.
    for (std::size_t role = 0; role < sides.size(); ++role) {
        if (problem.empty()) {
            problem = add_side(*data, units, weights,
                               metrics::terms_of(metric, examples, sides[role], rows),
                               1 + role * data->terms, rows.size());
        }
    }
    if (!problem.empty()) {
        return {nullptr, problem};
    }
    return {[metric, seed, data](std::size_t first, std::size_t count, Replicates& into) {
                std::vector<std::int64_t> sums;
                std::vector<double> means(data->terms);
                for (std::size_t begin = 0; begin < count; begin += tile) {
                    const std::size_t size = std::min(tile, count - begin);
                    resample_sums(data->units, seed, first + begin, size, sums);
                    for (std::size_t r = 0; r < size; ++r) {
                        const double weight = data->scales[0].back(sums[r]);
                        const auto value = [&](std::size_t first_column) {
                            if (!(weight > 0.0)) {
                                return metrics::Value::undefined("an empty resample");
                            }
                            for (std::size_t term = 0; term < data->terms; ++term) {
                                const std::size_t column = first_column + term;
                                means[term] =
                                    data->scales[column].back(sums[column * size + r]) / weight;
                            }
                            return metrics::combine(metric, means.data());
                        };
                        const metrics::Value baseline = value(1);
                        into.add(baseline, value(1 + data->terms));
                    }
                }
            },
            ""};
}

}  // namespace metricgate::comparison
