// Predicted numbers move away from the target, or towards it.
#include <algorithm>
#include <cmath>

#include "damage/amounts.h"
#include "damage/kinds.h"
#include "stats/exact_sum.h"

namespace metricgate::damage {
namespace {

using evidence::Examples;
using evidence::Side;
using metrics::Metric;

bool reads_numbers(const Metric& metric, const Examples& examples) {
    return (metric.definition->needs & metrics::predicted_number) != 0U &&
           examples.target.has_value() &&
           examples.side(Side::baseline).predicted_number.has_value();
}

bool never(const Metric& /*metric*/, const Examples& /*examples*/) {
    return false;
}

/// The mean absolute error of the baseline; 1 where it makes none.
double usual_error(const std::vector<double>& predicted, const std::vector<double>& targets) {
    stats::ExactSum sum;
    std::size_t count = 0;
    for (std::size_t row = 0; row < predicted.size(); ++row) {
        const double error = std::abs(predicted[row] - targets[row]);
        if (std::isfinite(error)) {
            sum.add(error);
            ++count;
        }
    }
    const double mean = count > 0 ? sum.value() / static_cast<double>(count) : 0.0;
    return mean > 0.0 && std::isfinite(mean) ? mean : 1.0;
}

void apply(const Metric& metric, Examples& examples, const Extent& extent) {
    evidence::NumberColumn to = *examples.side(Side::baseline).predicted_number;
    const std::vector<double>& targets = examples.target->values;
    const double scale = usual_error(to.values, targets);
    for (std::size_t row = 0; row < examples.rows; ++row) {
        double& predicted = to.values[row];
        const double error = predicted - targets[row];
        if (!std::isfinite(error)) {
            continue;
        }
        const double amount = varied(extent.size, (*extent.places)[row]);
        if (metric.definition->undirected) {
            // A bias has no better or worse size; it moves with all predictions.
            const double way =
                extent.toward == Toward::worse ? -metric.orientation() : metric.orientation();
            predicted += way * amount * scale;
            continue;
        }
        switch (extent.toward) {
            case Toward::worse:
                predicted += (error < 0.0 ? -amount : amount) * scale;
                break;
            case Toward::better:
                predicted = targets[row] + error / (1.0 + amount);
                break;
        }
    }
    examples.sides[static_cast<std::size_t>(Side::candidate)].predicted_number = std::move(to);
}

}  // namespace

Kind number_errors() {
    return {"number_errors",
            "predictions moved away from the target",
            "predictions moved towards the target",
            reads_numbers,
            never,
            apply};
}

}  // namespace metricgate::damage
