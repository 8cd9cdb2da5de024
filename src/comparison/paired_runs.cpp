// Means of paired runs: one seed, one fold of the data on both sides.
#include "comparison/contrast.h"
#include "comparison/methods.h"
#include "comparison/ratio.h"
#include "comparison/recorded.h"
#include "stats/means.h"
#include "stats/repeated_runs.h"

namespace metricgate::comparison {
namespace {

std::string needs_mean(const metrics::Metric& metric) {
    return summarised_by_quantile(metric) || is_geometric(metric) ? "it compares means" : "";
}

}  // namespace

std::string paired_runs_apply(const metrics::Metric& metric, const evidence::Samples& /*baseline*/,
                              const evidence::Samples& /*candidate*/, const Options& options) {
    if (!options.paired_runs) {
        return "the runs are not paired (`pair_by` of the input)";
    }
    return options.test_train_ratio ? folds_text : needs_mean(metric);
}

std::string corrected_t_applies(const metrics::Metric& metric,
                                const evidence::Samples& /*baseline*/,
                                const evidence::Samples& /*candidate*/, const Options& options) {
    return options.paired_runs && options.test_train_ratio
               ? needs_mean(metric)
               : "it is for paired folds (`fold_test_share` of the input)";
}

stats::MeanEstimate mean_of_runs(std::span<const double> differences, const Options& options) {
    return options.test_train_ratio ? stats::corrected_mean(differences, *options.test_train_ratio)
                                    : stats::paired_mean(differences);
}

void count_runs_needed(const Options& options, Comparison& out) {
    if (options.test_train_ratio) {
        // More folds of the same data hardly help: what they share stays shared.
        out.n_needed.reset();
    } else if (out.n_needed) {
        ++*out.n_needed;  // for t in place of z
    }
}

void run_paired_runs(const metrics::Metric& metric, const evidence::Samples& baseline,
                     const evidence::Samples& candidate, const Margin& margin,
                     const Options& options, Comparison& out) {
    std::vector<double> differences(baseline.values.size());
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        for (std::size_t i = 0; i < differences.size(); ++i) {
            differences[i] = candidate.values[i] - factor * baseline.values[i];
        }
        return t_contrast(mean_of_runs(differences, options), metric.orientation(),
                          options.confidence);
    };
    contrasts.baseline_standard_error = mean_of_runs(baseline.values, options).standard_error;
    fill(metric, margin, options, contrasts, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
        count_runs_needed(options, out);
    }
}

}  // namespace metricgate::comparison
