// Hash-weighted resamples with the BCa interval: bias and acceleration corrected.
#include <map>

#include "comparison/columns.h"
#include "comparison/leave_one_out.h"
#include "comparison/methods.h"
#include "comparison/resample.h"
#include "stats/bootstrap.h"

namespace metricgate::comparison {

std::string bca_bootstrap_applies(const metrics::Metric& metric,
                                  const evidence::Examples& examples) {
    if (!std::holds_alternative<metrics::MomentsForm>(metric.definition->form)) {
        return "it needs a smooth metric of means over examples, such as a loss, RMSE or R2";
    }
    return weighted_bootstrap_applies(metric, examples);
}

void run_bca_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                       const evidence::Rows& rows, const Margin& margin, const Options& options,
                       Comparison& out) {
    const LeaveOneOut left_out = leave_one_out(metric, examples, rows);
    if (!left_out.problem.empty()) {
        out.problem = left_out.problem;
        return;
    }
    const double s = metric.orientation();
    std::map<double, double> accelerations;  // by factor; each is asked for at many levels
    const auto acceleration_of = [&](double factor) {
        const auto known = accelerations.find(factor);
        if (known != accelerations.end()) {
            return known->second;
        }
        std::vector<double> values(left_out.candidate.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = s * (left_out.candidate[i] - factor * left_out.baseline[i]);
        }
        return accelerations[factor] = stats::acceleration(values);
    };
    const auto bca = [&](std::span<double> replicates, double estimate, double factor,
                         double confidence) {
        return stats::bca_interval(estimate, replicates, acceleration_of(factor), confidence);
    };
    judge_resampled(metric, examples, rows, margin, options,
                    resample(metric, examples, rows, options.seed), bca, out);
}

}  // namespace metricgate::comparison
