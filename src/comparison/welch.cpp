// Means of repeated runs, unequal variances.
#include <cmath>

#include "comparison/contrast.h"
#include "comparison/methods.h"
#include "comparison/ratio.h"
#include "comparison/recorded.h"
#include "stats/means.h"

namespace metricgate::comparison {

std::string welch_applies(const metrics::Metric& metric, const evidence::Samples& /*baseline*/,
                          const evidence::Samples& /*candidate*/, const Options& options) {
    if (options.test_train_ratio) {
        return folds_text;
    }
    return summarised_by_quantile(metric) || is_geometric(metric) ? "it compares means" : "";
}

void run_welch(const metrics::Metric& metric, const evidence::Samples& baseline,
               const evidence::Samples& candidate, const Margin& margin, const Options& options,
               Comparison& out) {
    const auto add_side = [&out](const std::string& side, const std::vector<double>& values) {
        const stats::MeanEstimate mean = stats::paired_mean(values);
        add_fact(out, "runs_of_the_" + side, values.size());
        add_fact(out, "standard_deviation_of_the_" + side + "s_runs",
                 mean.standard_error * std::sqrt(static_cast<double>(values.size())));
    };
    add_side("baseline", baseline.values);
    add_side("candidate", candidate.values);
    const stats::MeanEstimate difference = stats::welch(candidate.values, baseline.values);
    add_fact(out, "standard_error", difference.standard_error);
    add_fact(out, "degrees_of_freedom", difference.degrees_of_freedom);
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return t_contrast(stats::welch(candidate.values, baseline.values, factor),
                          metric.orientation(), options.confidence);
    };
    contrasts.baseline_standard_error = stats::paired_mean(baseline.values).standard_error;
    fill(metric, margin, options, contrasts, out);
    if (!out.standard_error) {
        return;
    }
    fill_power(options, *out.standard_error, out);
    if (out.n_needed) {
        ++*out.n_needed;  // for t in place of z
    }
}

}  // namespace metricgate::comparison
