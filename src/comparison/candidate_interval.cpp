#include "comparison/candidate_interval.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "comparison/auc.h"
#include "comparison/cells.h"
#include "comparison/columns.h"
#include "comparison/guarded_table.h"
#include "comparison/methods.h"
#include "comparison/quantile_bounds.h"
#include "comparison/ratio.h"
#include "comparison/recorded.h"
#include "comparison/resample.h"
#include "comparison/rounding.h"
#include "comparison/term_means.h"
#include "metrics/evaluate.h"
#include "stats/auc_interval.h"
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

bool is_plain(const evidence::Examples& examples) {
    return !is_weighted(examples) && !is_clustered(examples);
}

IntervalAt nothing() {
    return [](double /*confidence*/) -> MaybeInterval { return std::nullopt; };
}

IntervalAt around(const stats::MeanEstimate& estimate) {
    return [estimate](double confidence) -> MaybeInterval {
        return stats::skew_widened_interval(estimate, confidence);
    };
}

IntervalAt mean_intervals(const std::vector<double>& values, const evidence::Examples& examples,
                          const evidence::Rows& rows) {
    if (values.size() < 2 || (is_clustered(examples) && occupied_clusters(examples, rows) < 2)) {
        return nothing();
    }
    const std::size_t clusters = examples.cluster ? examples.cluster->names.size() : 0;
    return around(
        mean_estimate(values, weights_of(examples, rows), clusters_of(examples, rows), clusters));
}

IntervalAt share_intervals(const metrics::Metric& metric, const evidence::Examples& examples,
                           const evidence::Rows& rows) {
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
        return nothing();
    }
    return [x = static_cast<double>(successes), n = static_cast<double>(counted)](
               double confidence) -> MaybeInterval { return stats::wilson(x, n, confidence); };
}

IntervalAt outcome_intervals(const metrics::Metric& metric, const evidence::Examples& examples,
                             const evidence::Rows& rows) {
    if (is_plain(examples)) {
        return share_intervals(metric, examples, rows);
    }
    const evidence::Rows counting = rows_that_count(metric, examples, rows);
    return mean_intervals(outcomes_of(metric, examples, Side::candidate, counting), examples,
                          counting);
}

/// On the logit scale. Where next to nothing is ranked wrongly the observed variance is no guide:
/// the largest that such an area can have takes its place, and the side of 1 (or 0) stays open.
IntervalAt area_intervals(double area, double standard_error, std::uint64_t fewer) {
    const double gap = std::min(area, 1.0 - area);
    if (!(gap > 0.0)) {
        return nothing();
    }
    if (static_cast<double>(fewer) * gap < half_misranked) {
        return [=](double confidence) -> MaybeInterval {
            stats::Interval interval = stats::logit_auc_interval(
                shrunken_area(area, fewer), largest_standard_error(area, fewer), confidence);
            (area > 0.5 ? interval.upper : interval.lower) = area > 0.5 ? 1.0 : 0.0;
            return interval;
        };
    }
    if (!(standard_error > 0.0)) {
        return nothing();
    }
    return [=](double confidence) -> MaybeInterval {
        return stats::logit_auc_interval(area, standard_error, confidence);
    };
}

IntervalAt auc_intervals(const metrics::RanksForm& form, const evidence::Examples& examples,
                         const evidence::Rows& rows) {
    const SideScores scores(examples, Side::candidate, rows);
    if (!scores.finite() || scores.constant()) {
        return nothing();
    }
    const stats::AucEstimate auc =
        stats::own_placements(scores.values(), positives_of(examples, rows)).estimate();
    const std::uint64_t fewer = std::min(auc.positives, auc.negatives);
    if (fewer < 2) {
        return nothing();
    }
    return [of_area = area_intervals(auc.candidate, auc.candidate_standard_error, fewer),
            scale = *form.auc_scale, shift = form.auc_shift](double confidence) -> MaybeInterval {
        const MaybeInterval area = of_area(confidence);
        if (!area) {
            return std::nullopt;
        }
        const double one = scale * area->lower + shift;
        const double other = scale * area->upper + shift;
        return stats::Interval{std::min(one, other), std::max(one, other), confidence};
    };
}

IntervalAt moment_intervals(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& rows) {
    if (is_plain(examples)) {
        if (rows.size() < 2) {
            return nothing();
        }
        std::string problem;
        const stats::MeanEstimate mean =
            term_mean(metric, examples, Side::candidate, rows, problem);
        return problem.empty() ? around(mean) : nothing();
    }
    const metrics::Terms terms = metrics::terms_of(metric, examples, Side::candidate, rows);
    return terms.problem.empty() ? mean_intervals(terms.values, examples, rows) : nothing();
}

/// e to the power of an interval of logarithms.
MaybeInterval exponential(const MaybeInterval& logs) {
    if (!logs) {
        return std::nullopt;
    }
    return stats::Interval{std::exp(logs->lower), std::exp(logs->upper), logs->confidence};
}

IntervalAt geometric_intervals(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows) {
    const metrics::Terms logs = metrics::terms_of(metric, examples, Side::candidate, rows);
    if (!logs.problem.empty()) {
        return nothing();
    }
    return [of_logs = mean_intervals(logs.values, examples, rows)](double confidence) {
        return exponential(of_logs(confidence));
    };
}

IntervalAt from_replicates(Replicates replicates) {
    const std::size_t drawn = replicates.candidate.size() + replicates.undefined;
    if (replicates.candidate.size() < 2 ||
        static_cast<double>(replicates.undefined) > most_undefined * static_cast<double>(drawn)) {
        return nothing();
    }
    return [values = std::move(replicates.candidate)](double confidence) mutable -> MaybeInterval {
        return stats::percentile_interval(values, confidence);
    };
}

IntervalAt table_intervals(const metrics::Metric& metric, const evidence::Examples& examples,
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
    return from_replicates(std::move(replicates));
}

IntervalAt resampled_intervals(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows, const Options& options) {
    if (!weighted_bootstrap_applies(metric, examples).empty()) {
        return nothing();
    }
    const Resampling resampling = resample(metric, examples, rows, options.seed, candidate_alone);
    if (!resampling.problem.empty()) {
        return nothing();
    }
    Replicates replicates;
    resampling.draw(0, example_replicates, replicates);
    return from_replicates(std::move(replicates));
}

IntervalAt quantile_intervals(std::vector<double> values, double p) {
    if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
        return nothing();
    }
    std::ranges::sort(values);
    return [values = std::move(values), p](double confidence) -> MaybeInterval {
        const auto bounded = bounded_quantile(values, p, confidence);
        return bounded ? MaybeInterval(bounded->interval) : std::nullopt;
    };
}

/// Where an interval of one side comes from.
enum class Source { outcomes, auc, moments, geometric, quantile, table, resampling };

Source source_of(const metrics::Metric& metric, const evidence::Examples& examples) {
    const auto& form = metric.definition->form;
    if (metrics::is_outcome(metric)) {
        return Source::outcomes;
    }
    const auto* ranks = std::get_if<metrics::RanksForm>(&form);
    if (ranks != nullptr && ranks->auc_scale && is_plain(examples)) {
        return Source::auc;
    }
    const auto* moments = std::get_if<metrics::MomentsForm>(&form);
    if (moments != nullptr && moments->log_mean) {
        return Source::geometric;
    }
    if (moments != nullptr && moments->combine == nullptr) {
        return Source::moments;
    }
    if (std::holds_alternative<metrics::QuantileForm>(form) && !is_clustered(examples)) {
        return Source::quantile;
    }
    const bool table = std::holds_alternative<metrics::CellsForm>(form) ||
                       std::holds_alternative<metrics::OutcomesForm>(form);
    return table && is_plain(examples) ? Source::table : Source::resampling;
}

}  // namespace

MaybeInterval usable_interval(const MaybeInterval& interval) {
    if (!interval || !std::isfinite(interval->lower) || !std::isfinite(interval->upper)) {
        return std::nullopt;
    }
    const double scale = std::max(std::abs(interval->lower), std::abs(interval->upper));
    const bool wide = interval->upper - interval->lower > 16.0 * unit_in_last_place(scale);
    return wide ? interval : std::nullopt;
}

IntervalAt candidate_intervals(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows, const Options& options) {
    switch (source_of(metric, examples)) {
        case Source::outcomes:
            return outcome_intervals(metric, examples, rows);
        case Source::auc:
            return auc_intervals(std::get<metrics::RanksForm>(metric.definition->form), examples,
                                 rows);
        case Source::moments:
            return moment_intervals(metric, examples, rows);
        case Source::geometric:
            return geometric_intervals(metric, examples, rows);
        case Source::quantile:
            return quantile_intervals(
                gather(examples.side(Side::candidate).values.at(metric.parameters.column), rows),
                metric.parameters.quantile);
        case Source::table:
            return table_intervals(metric, examples, rows, options);
        case Source::resampling:
            return resampled_intervals(metric, examples, rows, options);
    }
    return nothing();
}

std::string interval_obstacle(const metrics::Metric& metric, const evidence::Examples& examples) {
    return source_of(metric, examples) == Source::resampling
               ? weighted_bootstrap_applies(metric, examples)
               : "";
}

MaybeInterval candidate_interval(const metrics::Metric& metric, const evidence::Examples& examples,
                                 const evidence::Rows& rows, const Options& options) {
    return usable_interval(
        candidate_intervals(metric, examples, rows, options)(options.confidence));
}

MaybeInterval candidate_interval(const metrics::Metric& metric, const evidence::Scalar& scalar,
                                 const Options& options) {
    const double value = scalar.value.value;
    if (scalar.standard_error) {
        const double reach =
            stats::normal_quantile(options.confidence) * scalar.standard_error->value;
        return usable_interval(stats::Interval{value - reach, value + reach, options.confidence});
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
        return usable_interval(
            quantile_intervals(samples.values, metric.parameters.quantile)(options.confidence));
    }
    // Folds of one data set share training data, on each side as between them.
    const auto mean_of = [&options](const std::vector<double>& values) {
        const stats::MeanEstimate mean =
            options.test_train_ratio ? stats::corrected_mean(values, *options.test_train_ratio)
                                     : stats::paired_mean(values);
        return usable_interval(mean.interval(options.confidence));
    };
    if (is_geometric(metric)) {
        std::string problem;
        const std::vector<double> logs = logs_of(samples.values, "candidate", problem);
        return problem.empty() ? usable_interval(exponential(mean_of(logs))) : std::nullopt;
    }
    return mean_of(samples.values);
}

}  // namespace metricgate::comparison
