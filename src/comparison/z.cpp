// Two recorded numbers, each with a standard error.
#include <cmath>

#include "comparison/contrast.h"
#include "comparison/methods.h"

namespace metricgate::comparison {

void run_z(const metrics::Metric& metric, double baseline_standard_error,
           double candidate_standard_error, const Margin& margin, const Options& options,
           Comparison& out) {
    if (!(baseline_standard_error > 0.0) || !(candidate_standard_error > 0.0)) {
        fill_point(metric, margin, out);
        mark_degenerate(out, "A recorded standard error is 0; it says nothing about uncertainty.");
        return;
    }
    const double baseline = out.baseline.number();
    const double candidate = out.candidate.number();
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        const double of_baseline = factor * baseline_standard_error;
        return normal_contrast(metric.orientation() * (candidate - factor * baseline),
                               std::sqrt(candidate_standard_error * candidate_standard_error +
                                         of_baseline * of_baseline),
                               options.confidence);
    };
    contrasts.baseline_standard_error = baseline_standard_error;
    fill_independent(metric, margin, options, contrasts, out);
}

}  // namespace metricgate::comparison
