// Hash-weighted resamples with the basic interval: the percentile one mirrored at the estimate.
#include "comparison/methods.h"
#include "comparison/resample.h"
#include "stats/bootstrap.h"

namespace metricgate::comparison {

std::string basic_bootstrap_applies(const metrics::Metric& metric,
                                    const evidence::Examples& examples) {
    return weighted_bootstrap_applies(metric, examples);
}

void run_basic_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                         const evidence::Rows& rows, const Margin& margin, const Options& options,
                         Comparison& out) {
    const auto basic = [](std::span<double> replicates, double estimate, double /*factor*/,
                          double confidence) {
        return stats::basic_interval(estimate, replicates, confidence);
    };
    judge_resampled(metric, examples, rows, margin, options,
                    resample(metric, examples, rows, options.seed), basic, out);
}

}  // namespace metricgate::comparison
