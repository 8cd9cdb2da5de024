// Whatever declares nothing better: percentile intervals from hash-weighted resamples of examples
// or clusters.
#include <algorithm>
#include <utility>

#include "comparison/columns.h"
#include "comparison/methods.h"
#include "comparison/resample.h"

namespace metricgate::comparison {
namespace {

// Every replicate passes over all examples, hence fewer than for tables; Monte Carlo noise raises
// the number where it matters.
constexpr std::size_t first_replicates = 1000;
constexpr std::size_t most_replicates = 8000;
constexpr std::size_t usual_replicates = 2000;

std::size_t start_for(std::size_t replicates) {
    if (replicates <= usual_replicates) {
        return first_replicates;
    }
    return (replicates + 7) / 8 * 8;  // weights come eight at a time
}

}  // namespace

Resampling resample(const metrics::Metric& metric, const evidence::Examples& examples,
                    const evidence::Rows& rows, std::uint64_t seed, const BothSides& sides) {
    const auto& form = metric.definition->form;
    if (std::holds_alternative<metrics::MomentsForm>(form)) {
        return resample_moments(metric, examples, rows, seed, sides);
    }
    if (std::holds_alternative<metrics::RanksForm>(form)) {
        return resample_ranks(metric, examples, rows, seed, sides);
    }
    if (std::holds_alternative<metrics::QuantileForm>(form)) {
        return resample_quantile(metric, examples, rows, seed, sides);
    }
    if (std::holds_alternative<metrics::PairForm>(form)) {
        return {nullptr, "a count over both sides at once is not resampled"};
    }
    if (std::holds_alternative<metrics::ReducedForm>(form)) {
        return {nullptr, "what the examples are reduced to is resampled, not they"};
    }
    return resample_cells(metric, examples, rows, seed, sides);
}

std::string weighted_bootstrap_applies(const metrics::Metric& metric,
                                       const evidence::Examples& examples) {
    if (std::holds_alternative<metrics::PairForm>(metric.definition->form)) {
        return "a count over both sides at once is not resampled";
    }
    if (!examples.ids && !is_clustered(examples)) {
        return "resampling needs ids, so that an example keeps its weights when rows move; name "
               "an id column, or a cluster column";
    }
    return "";
}

void judge_resampled(const metrics::Metric& metric, const Margin& margin, const Options& options,
                     Resampling resampling, ReplicateInterval interval, Comparison& out) {
    if (!resampling.problem.empty()) {
        out.problem = resampling.problem;
        return;
    }
    ReplicatePlan plan;
    plan.start = start_for(options.replicates);
    plan.limit = std::max(plan.start, most_replicates);
    plan.draw = std::move(resampling.draw);
    plan.interval = std::move(interval);
    judge_by_replicates(metric, margin, options, plan, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

void run_weighted_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& rows, const Margin& margin,
                            const Options& options, Comparison& out) {
    judge_resampled(metric, margin, options, resample(metric, examples, rows, options.seed),
                    nullptr, out);
}

}  // namespace metricgate::comparison
