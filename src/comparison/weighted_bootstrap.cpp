// Whatever declares nothing better: percentile intervals from hash-weighted resamples of examples
// or clusters.
#include <algorithm>
#include <cmath>
#include <utility>

#include "comparison/auc.h"
#include "comparison/columns.h"
#include "comparison/leave_one_out.h"
#include "comparison/methods.h"
#include "comparison/resample.h"
#include "stats/exact_sum.h"
#include "stats/means.h"
#include "stats/skewness.h"

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

/// What each resampled unit weighs: clusters by their rows or weight, examples by their weight.
std::vector<double> unit_masses(const evidence::Examples& examples, const evidence::Rows& rows) {
    std::vector<double> weights = weights_of(examples, rows);
    if (weights.empty()) {
        weights.assign(rows.size(), 1.0);
    }
    if (!examples.cluster) {
        return weights;
    }
    // Exact sums, so that the order of rows does not matter.
    std::vector<stats::ExactSum> sums(examples.cluster->names.size());
    const std::vector<std::uint32_t> clusters = clusters_of(examples, rows);
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        sums[clusters[i]].add(weights[i]);
    }
    std::vector<double> masses;
    for (const stats::ExactSum& sum : sums) {
        if (sum.value() > 0.0) {
            masses.push_back(sum.value());
        }
    }
    return masses;
}

/// Without degrees of freedom where one unit is all there is, or none weighs anything.
stats::Expansion expansion_by(const std::vector<double>& masses) {
    const double degrees = stats::satterthwaite_degrees(masses);
    if (!(degrees > 0.0)) {
        return {0.0, 1.0};
    }
    stats::ExactSum total;
    for (const double mass : masses) {
        total.add(mass);
    }
    stats::ExactSum squares;
    for (const double mass : masses) {
        const double share = mass / total.value();
        squares.add(share * share);
    }
    return {degrees, 1.0 / std::sqrt(1.0 - squares.value())};
}

/// By the independent units; of a ranking, by those of the rarer class where that is less.
std::optional<stats::Expansion> expansion_of(const metrics::Metric& metric,
                                             const evidence::Examples& examples,
                                             const evidence::Rows& rows) {
    const std::vector<double> masses = unit_masses(examples, rows);
    if (masses.size() < 2) {
        return std::nullopt;
    }
    stats::Expansion expansion = expansion_by(masses);
    if (std::holds_alternative<metrics::RanksForm>(metric.definition->form) && !examples.cluster) {
        const std::vector<std::uint8_t> positive = positives_of(examples, rows);
        const auto positives = static_cast<double>(std::ranges::count(positive, 1));
        const double rarer = std::min(positives, static_cast<double>(rows.size()) - positives);
        if (rarer >= 2.0 && rarer - 1.0 < expansion.degrees_of_freedom) {
            expansion = {rarer - 1.0, std::sqrt(rarer / (rarer - 1.0))};
        }
    }
    return expansion;
}

/// No pass is given where the change is too skewed for so few units.
void require_units_for_skewness(const metrics::Metric& metric, const evidence::Examples& examples,
                                const Replicates& left_out, Comparison& out) {
    Contrast unused;
    const double skewness =
        widen_by_jackknife(left_out, metric.orientation(), 1.0, 0.95, 1.0, unused);
    const std::size_t units = left_out.baseline.size();
    if (units < 2 || out.degenerate || out.insufficient) {
        return;
    }
    const std::size_t need = stats::units_for_skewness(skewness, static_cast<double>(units));
    if (need > 0) {
        out.insufficient = Insufficient{std::string(examples.cluster ? "clusters" : "examples") +
                                            " for differences as skewed as these",
                                        units, need};
        out.loss_claims_stand = skewness < 0.0;  // as for means, see mean_t.cpp
    }
}

/// Resampling a table shows no more variation than its few discordant examples have: with 2 of
/// them a loss as large as the margin passed in 18 % of simulated runs that gave a verdict, at a
/// nominal 5 %.
constexpr std::size_t least_discordant = 20;

void require_changed(const metrics::Metric& metric, const evidence::Examples& examples,
                     const evidence::Rows& rows, Comparison& out) {
    const bool table = std::holds_alternative<metrics::CellsForm>(metric.definition->form) ||
                       std::holds_alternative<metrics::OutcomesForm>(metric.definition->form);
    if (!table || out.degenerate || out.insufficient) {
        return;
    }
    const auto& baseline = examples.side(evidence::Side::baseline).predicted_class->codes;
    const auto& candidate = examples.side(evidence::Side::candidate).predicted_class->codes;
    std::size_t changed = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        changed += baseline[rows[i]] != candidate[rows[i]] ? 1U : 0U;
    }
    if (changed < least_discordant) {
        out.insufficient =
            Insufficient{"examples that are predicted otherwise", changed, least_discordant};
    }
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

void judge_resampled(const metrics::Metric& metric, const evidence::Examples& examples,
                     const evidence::Rows& rows, const Margin& margin, const Options& options,
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
    plan.expansion = expansion_of(metric, examples, rows);
    if (plan.expansion && !(plan.expansion->degrees_of_freedom > 0.0)) {
        out.insufficient = Insufficient{"units of comparable weight", 1, 2};
        fill_point(metric, margin, out);
        return;
    }
    if (std::holds_alternative<metrics::MomentsForm>(metric.definition->form)) {
        LeaveOneOut left_out = leave_one_out(metric, examples, rows);
        if (left_out.problem.empty()) {
            plan.left_out.baseline = std::move(left_out.baseline);
            plan.left_out.candidate = std::move(left_out.candidate);
        }
    }
    judge_by_replicates(metric, margin, options, plan, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
    require_units_for_skewness(metric, examples, plan.left_out, out);
    require_changed(metric, examples, rows, out);
}

void run_weighted_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& rows, const Margin& margin,
                            const Options& options, Comparison& out) {
    judge_resampled(metric, examples, rows, margin, options,
                    resample(metric, examples, rows, options.seed), nullptr, out);
}

}  // namespace metricgate::comparison
