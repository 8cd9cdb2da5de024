// Repeated runs of one quantity on both sides.
#include <algorithm>

#include "comparison/candidate_interval.h"
#include "comparison/contrast.h"
#include "comparison/methods.h"
#include "comparison/recorded.h"

namespace metricgate::comparison {
namespace {

bool same_values(const evidence::Samples& baseline, const evidence::Samples& candidate) {
    std::vector<double> left = baseline.values;
    std::vector<double> right = candidate.values;
    std::ranges::sort(left);
    std::ranges::sort(right);
    return left == right;
}

}  // namespace

Comparison compare(const metrics::Metric& metric, const evidence::Samples& baseline,
                   const evidence::Samples& candidate, const Margin& margin,
                   const Options& options) {
    Comparison out;
    out.problem = samples_problem(candidate, "candidate");
    if (out.problem.empty()) {
        out.problem = samples_problem(baseline, "baseline");
    }
    if (!out.problem.empty()) {
        return out;
    }
    const bool quantile = summarised_by_quantile(metric);
    const std::string own = quantile ? "order_statistics" : "welch";
    out.method = own;
    if (!options.method.empty() && options.method != own) {
        out.problem = "method '" + options.method + "' does not apply to the " +
                      (quantile ? "quantile" : "mean") + " of repeated runs; " + own + " would";
        return out;
    }
    out.baseline = summarise(metric, baseline);
    out.candidate = summarise(metric, candidate);
    const std::size_t runs = std::min(baseline.values.size(), candidate.values.size());
    out.n = runs;
    out.n_unit = "runs per side";
    if (!out.baseline.defined() || !out.candidate.defined()) {
        out.problem = "the summary of the runs is not a finite number";
        return out;
    }
    if (options.candidate_interval) {
        out.candidate_interval = candidate_interval(metric, candidate, options);
    }
    const std::size_t least = std::max<std::size_t>(options.min_runs, 2);
    if (runs < least) {
        out.insufficient = Insufficient{"runs per side", runs, least};
        fill_point(metric, margin, out);
    } else if (same_values(baseline, candidate)) {
        fill_identical(margin, options, out);
    } else if (quantile) {
        run_sample_quantiles(metric, baseline, candidate, margin, options, out);
    } else {
        run_welch(metric, baseline, candidate, margin, options, out);
    }
    return out;
}

}  // namespace metricgate::comparison
