// Repeated runs by ranks: the median of all differences of a candidate's and a baseline's run, with
// the interval that turns Mann and Whitney's test around.
#include <cmath>

#include "comparison/methods.h"
#include "comparison/rank_contrast.h"
#include "comparison/ratio.h"
#include "comparison/recorded.h"
#include "stats/means.h"

namespace metricgate::comparison {

std::string mann_whitney_applies(const metrics::Metric& metric,
                                 const evidence::Samples& /*baseline*/,
                                 const evidence::Samples& /*candidate*/, const Options& options) {
    if (options.test_train_ratio) {
        return folds_text;
    }
    if (options.paired_runs) {
        return "it takes runs as independent, and these are paired";
    }
    return summarised_by_quantile(metric) || is_geometric(metric)
               ? "it compares where runs lie, not quantiles or geometric means"
               : "";
}

void run_mann_whitney(const metrics::Metric& metric, const evidence::Samples& baseline,
                      const evidence::Samples& candidate, const Margin& margin,
                      const Options& options, Comparison& out) {
    const double s = metric.orientation();
    std::vector<double> oriented = candidate.values;
    for (double& value : oriented) {
        value *= s;
    }
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        std::vector<double> scaled = baseline.values;
        for (double& value : scaled) {
            value *= s * factor;
        }
        return rank_contrast(stats::HodgesLehmann::of_differences(oriented, scaled),
                             options.confidence);
    };
    contrasts.baseline_standard_error = stats::paired_mean(baseline.values).standard_error;
    fill(metric, margin, options, contrasts, out);
    note_rank_estimate(out, "the median of all differences of two runs");
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

}  // namespace metricgate::comparison
