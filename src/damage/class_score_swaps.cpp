// The score of the true class changes places with the lowest, or the highest, of the example.
#include <cmath>

#include "damage/kinds.h"
#include "metrics/used_columns.h"

namespace metricgate::damage {
namespace {

using evidence::Examples;
using evidence::Side;
using metrics::Metric;

bool reads_class_scores(const Metric& metric, const Examples& examples) {
    return (metric.definition->needs & (metrics::positive_score | metrics::class_scores)) != 0U &&
           metrics::reads_class_scores(metric, examples) && examples.label.has_value() &&
           !examples.side(Side::baseline).class_scores.empty();
}

bool always(const Metric& /*metric*/, const Examples& /*examples*/) {
    return true;
}

void apply(const Metric& /*metric*/, Examples& examples, const Extent& extent) {
    std::vector<evidence::NumberColumn> to = examples.side(Side::baseline).class_scores;
    for (std::size_t row = 0; row < examples.rows; ++row) {
        const std::uint32_t right = examples.label->codes[row];
        if (!((*extent.places)[row] < extent.size) || right >= to.size()) {
            continue;
        }
        std::size_t other = right;
        bool finite = true;
        for (std::size_t which = 0; which < to.size(); ++which) {
            const double score = to[which].values[row];
            const double best = to[other].values[row];
            finite = finite && std::isfinite(score);
            if (extent.toward == Toward::worse ? score < best : score > best) {
                other = which;
            }
        }
        if (finite) {
            std::swap(to[right].values[row], to[other].values[row]);
        }
    }
    examples.sides[static_cast<std::size_t>(Side::candidate)].class_scores = std::move(to);
}

}  // namespace

Kind class_score_swaps() {
    return {"class_score_swaps",
            "the true class given the lowest score",
            "the true class given the highest score",
            reads_class_scores,
            always,
            apply};
}

}  // namespace metricgate::damage
