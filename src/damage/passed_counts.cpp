// Counts of answers that passed, such as those of pass_at_k, get lower or higher and stay counts.
#include <algorithm>
#include <cmath>

#include "damage/kinds.h"

namespace metricgate::damage {
namespace {

using evidence::Examples;
using evidence::Side;
using metrics::Metric;

bool reads_counts(const Metric& metric, const Examples& examples) {
    return metric.definition->name == "pass_at_k" && examples.target.has_value() &&
           examples.side(Side::baseline).predicted_number.has_value();
}

bool always(const Metric& /*metric*/, const Examples& /*examples*/) {
    return true;
}

void apply(const Metric& /*metric*/, Examples& examples, const Extent& extent) {
    evidence::NumberColumn to = *examples.side(Side::baseline).predicted_number;
    for (std::size_t row = 0; row < examples.rows; ++row) {
        double& passed = to.values[row];
        const double failed = examples.target->values[row] - passed;
        if (!std::isfinite(passed) || !std::isfinite(failed) || failed < 0.0) {
            continue;
        }
        // The place of an example rounds: a share of 0.1 of three answers is one answer in three
        // examples of ten.
        const double place = (*extent.places)[row];
        switch (extent.toward) {
            case Toward::worse:
                passed -= std::min(passed, std::floor(extent.size * passed + place));
                break;
            case Toward::better:
                passed += std::min(failed, std::floor(extent.size * failed + place));
                break;
        }
    }
    examples.sides[static_cast<std::size_t>(Side::candidate)].predicted_number = std::move(to);
}

}  // namespace

Kind passed_counts() {
    return {"passed_counts",
            "answers that passed made to fail",
            "answers that failed made to pass",
            reads_counts,
            always,
            apply};
}

}  // namespace metricgate::damage
