// Resamples of metrics of the ranking (average precision, KS, weighted or clustered AUC): the rows
// are sorted once a side, and every replicate streams them with other weights.
#include <algorithm>
#include <array>
#include <memory>

#include "comparison/columns.h"
#include "comparison/resample.h"
#include "comparison/units.h"
#include "metrics/evaluate.h"

namespace metricgate::comparison {
namespace {

constexpr std::size_t weights_at_a_time = 8;

struct RankData {
    Units units;
    std::array<metrics::RankOrder, 2> order;
    std::vector<double> weights;  ///< integers, so that sums are exact in any order; or empty
};

/// Row weights as integers whose sum over a resample stays below 2^53.
std::vector<double> integer_weights(const std::vector<double>& weights) {
    std::vector<double> result;
    if (!weights.empty()) {
        const FixedPoint scale(*std::ranges::max_element(weights), weights.size(), 52);
        for (const double weight : weights) {
            result.push_back(static_cast<double>(scale.of(weight)));
        }
    }
    return result;
}

}  // namespace

Resampling resample_ranks(const metrics::Metric& metric, const evidence::Examples& examples,
                          const evidence::Rows& rows, std::uint64_t seed, const BothSides& sides) {
    auto data = std::make_shared<RankData>();
    data->units = units_of(examples, rows);
    data->weights = integer_weights(weights_of(examples, rows));
    const auto& form = std::get<metrics::RanksForm>(metric.definition->form);
    data->order = {metrics::rank_order(examples, sides[0], rows, form.reads_scores),
                   metrics::rank_order(examples, sides[1], rows, form.reads_scores)};
    const auto value_of = form.value;
    return {[seed, data, value_of](std::size_t first, std::size_t count, Replicates& into) {
                std::vector<std::uint8_t> drawn(data->units.hashes.size() * weights_at_a_time);
                std::vector<double> weight(data->order[0].order.size());
                for (std::size_t begin = 0; begin < count; begin += weights_at_a_time) {
                    const std::size_t size = std::min(weights_at_a_time, count - begin);
                    weights_of_units(data->units.hashes, seed, first + begin, size,
                                     weights_at_a_time, drawn);
                    for (std::size_t r = 0; r < size; ++r) {
                        const auto value = [&](const metrics::RankOrder& side) {
                            for (std::size_t i = 0; i < weight.size(); ++i) {
                                const std::size_t row = side.order[i];
                                const double own =
                                    drawn[data->units.of(row) * weights_at_a_time + r];
                                weight[i] = data->weights.empty() ? own : own * data->weights[row];
                            }
                            return value_of({side.positive, side.ends_tie, weight, side.score});
                        };
                        const metrics::Value baseline = value(data->order[0]);
                        into.add(baseline, value(data->order[1]));
                    }
                }
            },
            ""};
}

}  // namespace metricgate::comparison
