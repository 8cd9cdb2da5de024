#include "comparison/candidate_interval.h"

#include <algorithm>
#include <cmath>

#include "comparison/auc.h"
#include "comparison/catalog.h"
#include "comparison/cells.h"
#include "comparison/columns.h"
#include "comparison/guarded_table.h"
#include "comparison/quantile_bounds.h"
#include "comparison/ratio.h"
#include "comparison/recorded.h"
#include "comparison/resample.h"
#include "comparison/rounding.h"
#include "comparison/term_means.h"
#include "metrics/evaluate.h"
#include "stats/bootstrap.h"
#include "stats/delong.h"
#include "stats/distributions.h"
#include "stats/poisson.h"
#include "stats/proportions.h"
#include "stats/repeated_runs.h"
#include "stats/skewness.h"
#include "support/hash.h"

namespace metricgate::comparison {
namespace {

using evidence::Side;
using MaybeInterval = std::optional<stats::Interval>;

constexpr std::size_t table_replicates = 2000;
constexpr std::size_t example_replicates = 1000;
constexpr double most_undefined = 0.01;
constexpr BothSides candidate_alone = {Side::candidate, Side::candidate};

/// Zero width and infinite ends say nothing.
MaybeInterval usable(const stats::Interval& interval) {
    const double scale = std::max(std::abs(interval.lower), std::abs(interval.upper));
    const bool wide = interval.upper - interval.lower > 16.0 * unit_in_last_place(scale);
    if (!std::isfinite(interval.lower) || !std::isfinite(interval.upper) || !wide) {
        return std::nullopt;
    }
    return interval;
}

MaybeInterval mean_interval(const std::vector<double>& values, const evidence::Examples& examples,
                            const evidence::Rows& rows, const Options& options) {
    if (values.size() < 2 || (is_clustered(examples) && occupied_clusters(examples, rows) < 2)) {
        return std::nullopt;
    }
    const std::size_t clusters = examples.cluster ? examples.cluster->names.size() : 0;
    return usable(stats::skew_widened_interval(
        mean_estimate(values, weights_of(examples, rows), clusters_of(examples, rows), clusters),
        options.confidence));
}

/// Of a mean of terms whose examples count alike.
MaybeInterval mean_interval(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& rows, const Options& options) {
    if (rows.size() < 2) {
        return std::nullopt;
    }
    std::string problem;
    const stats::MeanEstimate mean = term_mean(metric, examples, Side::candidate, rows, problem);
    return problem.empty() ? usable(stats::skew_widened_interval(mean, options.confidence))
                           : std::nullopt;
}

MaybeInterval share_interval(const metrics::Metric& metric, const evidence::Examples& examples,
                             const evidence::Rows& rows, const Options& options) {
    const auto& form = std::get<metrics::OutcomesForm>(metric.definition->form);
    std::uint64_t counted = 0;
    std::uint64_t successes = 0;
    for (const metrics::JointCell& cell : cells_of(examples, candidate_alone, rows)) {
        if (form.counts == nullptr || form.counts(cell.label, metric.parameters)) {
            counted += cell.count;
            successes +=
                form.success(cell.label, cell.candidate, metric.parameters) ? cell.count : 0;
        }
    }
    if (counted == 0) {
        return std::nullopt;
    }
    return stats::wilson(static_cast<double>(successes), static_cast<double>(counted),
                         options.confidence);
}

MaybeInterval outcome_interval(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows, const Options& options) {
    if (!is_weighted(examples) && !is_clustered(examples)) {
        return share_interval(metric, examples, rows, options);
    }
    const evidence::Rows counting = rows_that_count(metric, examples, rows);
    return mean_interval(outcomes_of(metric, examples, Side::candidate, counting), examples,
                         counting, options);
}

MaybeInterval auc_interval(const metrics::RanksForm& form, const evidence::Examples& examples,
                           const evidence::Rows& rows, const Options& options) {
    const SideScores scores(examples, Side::candidate, rows);
    if (!scores.finite() || scores.constant()) {
        return std::nullopt;
    }
    const stats::AucEstimate auc =
        stats::own_placements(scores.values(), positives_of(examples, rows)).estimate();
    const double value = *form.auc_scale * auc.candidate + form.auc_shift;
    const double reach = stats::normal_quantile(options.confidence) * std::abs(*form.auc_scale) *
                         auc.candidate_standard_error;
    return usable({value - reach, value + reach, options.confidence});
}

MaybeInterval from_replicates(Replicates replicates, const Options& options) {
    const std::size_t drawn = replicates.candidate.size() + replicates.undefined;
    if (replicates.candidate.size() < 2 ||
        static_cast<double>(replicates.undefined) > most_undefined * static_cast<double>(drawn)) {
        return std::nullopt;
    }
    return usable(stats::percentile_interval(replicates.candidate, options.confidence));
}

MaybeInterval table_interval(const metrics::Metric& metric, const evidence::Examples& examples,
                             const evidence::Rows& rows, const Options& options) {
    const GuardedTable table =
        guarded_side(cells_of(examples, candidate_alone, rows), examples.classes.size());
    auto stream = stats::Stream::of_unit(options.seed, support::hash64("candidate"));
    std::vector<std::uint64_t> scratch;
    std::vector<double> mass;
    Replicates replicates;
    for (std::size_t r = 0; r < std::max(options.replicates, table_replicates); ++r) {
        draw_masses(table, stream, scratch, mass);
        const metrics::Value value = metrics::value_of(
            metric, metrics::confusion_of(table.cells, mass, Side::candidate, table.classes));
        replicates.add(value, value);
    }
    return from_replicates(std::move(replicates), options);
}

MaybeInterval resampled_interval(const metrics::Metric& metric, const evidence::Examples& examples,
                                 const evidence::Rows& rows, const Options& options) {
    const Method* method = find("weighted_bootstrap");
    if (method == nullptr || !method->applies(metric, examples).empty()) {
        return std::nullopt;
    }
    const Resampling resampling = resample(metric, examples, rows, options.seed, candidate_alone);
    if (!resampling.problem.empty()) {
        return std::nullopt;
    }
    Replicates replicates;
    resampling.draw(0, example_replicates, replicates);
    return from_replicates(std::move(replicates), options);
}

MaybeInterval quantile_interval(std::vector<double> values, double p, const Options& options) {
    if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
        return std::nullopt;
    }
    std::ranges::sort(values);
    const auto bounded = bounded_quantile(values, p, options.confidence);
    return bounded ? usable(bounded->interval) : std::nullopt;
}

/// e to the power of an interval of logarithms.
MaybeInterval exponential(const MaybeInterval& logs) {
    return logs ? usable({std::exp(logs->lower), std::exp(logs->upper), logs->confidence})
                : std::nullopt;
}

}  // namespace

MaybeInterval candidate_interval(const metrics::Metric& metric, const evidence::Examples& examples,
                                 const evidence::Rows& rows, const Options& options) {
    const auto& form = metric.definition->form;
    const bool plain = !is_weighted(examples) && !is_clustered(examples);
    if (metrics::is_outcome(metric)) {
        return outcome_interval(metric, examples, rows, options);
    }
    if (const auto* ranks = std::get_if<metrics::RanksForm>(&form);
        ranks != nullptr && ranks->auc_scale && plain) {
        return auc_interval(*ranks, examples, rows, options);
    }
    if (const auto* moments = std::get_if<metrics::MomentsForm>(&form);
        moments != nullptr && (moments->combine == nullptr || moments->log_mean)) {
        if (moments->log_mean) {
            const metrics::Terms logs = metrics::terms_of(metric, examples, Side::candidate, rows);
            return logs.problem.empty()
                       ? exponential(mean_interval(logs.values, examples, rows, options))
                       : std::nullopt;
        }
        if (plain) {
            return mean_interval(metric, examples, rows, options);
        }
        const metrics::Terms terms = metrics::terms_of(metric, examples, Side::candidate, rows);
        return terms.problem.empty() ? mean_interval(terms.values, examples, rows, options)
                                     : std::nullopt;
    }
    if (std::holds_alternative<metrics::QuantileForm>(form) && !is_clustered(examples)) {
        const auto& column = examples.side(Side::candidate).values.at(metric.parameters.column);
        return quantile_interval(gather(column, rows), metric.parameters.quantile, options);
    }
    const bool table = std::holds_alternative<metrics::CellsForm>(form) ||
                       std::holds_alternative<metrics::OutcomesForm>(form);
    if (table && plain) {
        return table_interval(metric, examples, rows, options);
    }
    return resampled_interval(metric, examples, rows, options);
}

MaybeInterval candidate_interval(const metrics::Metric& metric, const evidence::Scalar& scalar,
                                 const Options& options) {
    const double value = scalar.value.value;
    if (scalar.standard_error) {
        const double reach =
            stats::normal_quantile(options.confidence) * scalar.standard_error->value;
        return usable({value - reach, value + reach, options.confidence});
    }
    if (scalar.events && scalar.exposure) {
        return stats::poisson_rate({*scalar.events, *scalar.exposure}, options.confidence);
    }
    if (is_proportion(metric, scalar)) {
        const auto n = static_cast<double>(*scalar.n);
        return stats::wilson(value * n, n, options.confidence);
    }
    return std::nullopt;
}

MaybeInterval candidate_interval(const metrics::Metric& metric, const evidence::Samples& samples,
                                 const Options& options) {
    if (samples.values.size() < 2) {
        return std::nullopt;
    }
    if (summarised_by_quantile(metric)) {
        return quantile_interval(samples.values, metric.parameters.quantile, options);
    }
    // Folds of one data set share training data, on each side as between them.
    const auto mean_of = [&options](const std::vector<double>& values) {
        const stats::MeanEstimate mean =
            options.test_train_ratio ? stats::corrected_mean(values, *options.test_train_ratio)
                                     : stats::paired_mean(values);
        return usable(mean.interval(options.confidence));
    };
    if (is_geometric(metric)) {
        std::string problem;
        const std::vector<double> logs = logs_of(samples.values, "candidate", problem);
        return problem.empty() ? exponential(mean_of(logs)) : std::nullopt;
    }
    return mean_of(samples.values);
}

}  // namespace metricgate::comparison
