// Quantiles: order-statistic bounds of each side, combined by MOVER.
#include <algorithm>
#include <cmath>

#include "comparison/columns.h"
#include "comparison/inversion.h"
#include "comparison/methods.h"
#include "comparison/quantile_bounds.h"
#include "comparison/recorded.h"
#include "stats/quantiles.h"

namespace metricgate::comparison {
namespace {

bool sort_finite(std::vector<double>& values) {
    if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
        return false;
    }
    std::ranges::sort(values);
    return true;
}

/// `baseline` and `candidate` are sorted and not empty.
void judge_quantiles(const metrics::Metric& metric, const std::vector<double>& baseline,
                     const std::vector<double>& candidate, const char* unit, const Margin& margin,
                     const Options& options, Comparison& out) {
    const double p = metric.parameters.quantile;
    const auto side = [p](const std::vector<double>& sorted) -> SideAt {
        return [&sorted, p](double level) { return bounded_quantile(sorted, p, level); };
    };
    const SideAt of_baseline = side(baseline);
    const SideAt of_candidate = side(candidate);
    const auto known = of_baseline(options.confidence);
    if (!known || !of_candidate(options.confidence)) {
        out.insufficient = Insufficient{unit, std::min(baseline.size(), candidate.size()),
                                        examples_for_bounds(p, options.confidence)};
        fill_point(metric, margin, out);
        return;
    }
    add_fact(out, "quantile", p);
    const auto add_side = [&out](const std::string& name, std::size_t n,
                                 const stats::Bounded& bounded) {
        add_fact(out, "values_of_the_" + name, n);
        add_fact(out, "lower_bound_of_the_" + name, bounded.interval.lower);
        add_fact(out, "upper_bound_of_the_" + name, bounded.interval.upper);
    };
    add_side("baseline", baseline.size(), *known);
    add_side("candidate", candidate.size(), *of_candidate(options.confidence));
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return *mover_contrast(of_baseline, of_candidate, metric.orientation(), factor,
                               options.confidence);
    };
    contrasts.baseline_standard_error = error_towards_zero(*known);
    fill(metric, margin, options, contrasts, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

}  // namespace

std::optional<stats::Bounded> bounded_quantile(const std::vector<double>& sorted, double p,
                                               double confidence) {
    const stats::QuantileBounds bounds = stats::order_statistic_bounds(sorted, p, confidence);
    if (!bounds.lower || !bounds.upper) {
        return std::nullopt;
    }
    const double estimate = stats::quantile_sorted(sorted, p);
    // At confidences near one half the bounding order statistics may lie on one side of the
    // interpolated quantile.
    return stats::Bounded{estimate, stats::Interval{std::min(*bounds.lower, estimate),
                                                    std::max(*bounds.upper, estimate), confidence}};
}

std::size_t examples_for_bounds(double p, double confidence) {
    const double level = std::log(1.0 - confidence);
    const double rarer = std::max(p, 1.0 - p);
    return static_cast<std::size_t>(std::ceil(level / std::log(rarer)));
}

std::string order_statistics_applies(const metrics::Metric& metric,
                                     const evidence::Examples& examples) {
    if (!std::holds_alternative<metrics::QuantileForm>(metric.definition->form)) {
        return "it needs a median or another quantile of a value column";
    }
    return is_clustered(examples) ? "it takes examples as independent, and these are clustered"
                                  : "";
}

void run_order_statistics(const metrics::Metric& metric, const evidence::Examples& examples,
                          const evidence::Rows& rows, const Margin& margin, const Options& options,
                          Comparison& out) {
    const auto values = [&](evidence::Side side) {
        return gather(examples.side(side).values.at(metric.parameters.column), rows);
    };
    std::vector<double> baseline = values(evidence::Side::baseline);
    std::vector<double> candidate = values(evidence::Side::candidate);
    if (!sort_finite(baseline) || !sort_finite(candidate)) {
        out.problem = "a value is not a finite number";
        return;
    }
    judge_quantiles(metric, baseline, candidate, "examples", margin, options, out);
    add_note(out, "pairing_not_used",
             "The bounds treat the two sides as independent, so they are wide when the same "
             "examples are fast or slow on both.");
}

std::string sample_quantiles_apply(const metrics::Metric& metric,
                                   const evidence::Samples& /*baseline*/,
                                   const evidence::Samples& /*candidate*/, const Options& options) {
    if (!summarised_by_quantile(metric)) {
        return "it compares quantiles";
    }
    return options.test_train_ratio ? folds_text : "";
}

void run_sample_quantiles(const metrics::Metric& metric, const evidence::Samples& baseline,
                          const evidence::Samples& candidate, const Margin& margin,
                          const Options& options, Comparison& out) {
    std::vector<double> of_baseline = baseline.values;
    std::vector<double> of_candidate = candidate.values;
    if (!sort_finite(of_baseline) || !sort_finite(of_candidate)) {
        out.problem = "a value is not a finite number";
        return;
    }
    judge_quantiles(metric, of_baseline, of_candidate, "runs per side", margin, options, out);
}

}  // namespace metricgate::comparison
