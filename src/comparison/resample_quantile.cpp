// Resamples of a quantile of a value column, clustered or on request: each side is sorted once, and
// a replicate walks the sorted rows until its share of the weight is passed.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "comparison/columns.h"
#include "comparison/resample.h"
#include "comparison/units.h"

namespace metricgate::comparison {
namespace {

constexpr std::size_t weights_at_a_time = 8;

struct SortedSide {
    std::vector<double> values;       ///< ascending
    std::vector<std::uint32_t> unit;  ///< of each value
};

struct QuantileData {
    std::vector<std::uint64_t> hashes;
    std::array<SortedSide, 2> sides;
};

bool sort_side(const std::vector<double>& values, const Units& units, SortedSide& side) {
    std::vector<std::uint32_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (!std::isfinite(values[i])) {
            return false;
        }
        order[i] = static_cast<std::uint32_t>(i);
    }
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        return values[a] != values[b] ? values[a] < values[b] : a < b;
    });
    for (const std::uint32_t row : order) {
        side.values.push_back(values[row]);
        side.unit.push_back(static_cast<std::uint32_t>(units.of(row)));
    }
    return true;
}

/// Type-7 quantile of the values repeated by their weights, as stats::quantile_sorted has it.
metrics::Value weighted_quantile(const SortedSide& side, const std::vector<std::uint8_t>& weights,
                                 std::size_t replicate, double p) {
    std::uint64_t total = 0;
    for (const std::uint32_t unit : side.unit) {
        total += weights[unit * weights_at_a_time + replicate];
    }
    if (total == 0) {
        return metrics::Value::undefined("an empty resample");
    }
    const double position = static_cast<double>(total - 1) * p;
    const auto below = static_cast<std::uint64_t>(position);
    const double share = position - static_cast<double>(below);
    std::uint64_t passed = 0;
    double lower = 0.0;
    bool found = false;
    for (std::size_t i = 0; i < side.values.size(); ++i) {
        passed += weights[side.unit[i] * weights_at_a_time + replicate];
        if (!found && passed > below) {
            lower = side.values[i];
            found = true;
        }
        if (found && (passed > below + 1 || share == 0.0)) {
            const double upper = side.values[i];
            return metrics::Value::of(
                share == 0.0 || lower == upper ? lower : (1.0 - share) * lower + share * upper);
        }
    }
    return metrics::Value::of(lower);
}

}  // namespace

Resampling resample_quantile(const metrics::Metric& metric, const evidence::Examples& examples,
                             const evidence::Rows& rows, std::uint64_t seed,
                             const BothSides& sides) {
    const Units units = units_of(examples, rows);
    auto data = std::make_shared<QuantileData>();
    data->hashes = units.hashes;
    for (std::size_t side = 0; side < sides.size(); ++side) {
        const auto& column = examples.side(sides[side]).values.at(metric.parameters.column);
        if (!sort_side(gather(column, rows), units, data->sides[side])) {
            return {nullptr, "a value is not a finite number"};
        }
    }
    const double p = metric.parameters.quantile;
    return {[p, seed, data](std::size_t first, std::size_t count, Replicates& into) {
                std::vector<std::uint8_t> weights(data->hashes.size() * weights_at_a_time);
                for (std::size_t begin = 0; begin < count; begin += weights_at_a_time) {
                    const std::size_t size = std::min(weights_at_a_time, count - begin);
                    weights_of_units(data->hashes, seed, first + begin, size, weights_at_a_time,
                                     weights);
                    for (std::size_t r = 0; r < size; ++r) {
                        into.add(weighted_quantile(data->sides[0], weights, r, p),
                                 weighted_quantile(data->sides[1], weights, r, p));
                    }
                }
            },
            ""};
}

}  // namespace metricgate::comparison
