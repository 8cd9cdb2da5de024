#include <algorithm>
#include <cmath>

#include "metrics/calibration_bins.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

/// Two terms a bin: whether the example is in it, and how far its probability is from the outcome.
const char* share_and_gap(const ExampleInput& input, const Parameters& parameters, double* out) {
    if (const char* reason = refuse_probability(input.score)) {
        return reason;
    }
    std::fill_n(out, 2 * parameters.bins, 0.0);
    const std::size_t bin = calibration_bin(input.score, parameters.bins);
    out[2 * bin] = 1.0;
    out[2 * bin + 1] = input.score - (input.positive ? 1.0 : 0.0);
    return nullptr;
}

Value largest_gap(const double* means, const Parameters& parameters) {
    double largest = 0.0;
    for (std::size_t bin = 0; bin < parameters.bins; ++bin) {
        const double share = means[2 * bin];
        if (share > 0.0) {
            largest = std::max(largest, std::abs(means[2 * bin + 1]) / share);
        }
    }
    return Value::of(largest);
}

}  // namespace

Definition maximum_calibration_error() {
    MomentsForm form;
    form.terms_for = [](const Parameters& parameters) { return 2 * parameters.bins; };
    form.fill = share_and_gap;
    form.combine = largest_gap;
    Definition definition;
    definition.name = "maximum_calibration_error";
    definition.summary = "largest gap between probability and outcome in any bin";
    definition.formula =
        "max over occupied bins of |mean p - share of positives|; bins as in `ece`; one bin with "
        "few examples decides it; limits only, no margin";
    definition.direction = Direction::lower_is_better;
    definition.needs = label_class | positive_score | positive_class;
    definition.form = form;
    definition.takes = setting_bins;
    definition.no_margin =
        "the bin with the fewest examples decides it, so that two sides differ by noise; compare "
        "`log_loss` or `brier_score`";
    definition.caution = calibration_caution;
    return definition;
}

}  // namespace metricgate::metrics
