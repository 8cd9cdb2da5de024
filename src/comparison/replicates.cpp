#include "comparison/replicates.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "comparison/inversion.h"
#include "stats/bootstrap.h"
#include "stats/means.h"
#include "stats/skewness.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

constexpr std::size_t growth = 5;
/// More resamples are drawn while a bound is within this many Monte Carlo errors of a threshold.
constexpr double noise_units = 3.0;
/// Share of resamples in which the metric may be undefined before the interval is given up.
constexpr double most_undefined = 0.01;
/// A p below this many units of 1/(B + 1) is too coarse to survive Holm's correction.
constexpr double smallest_useful_p = 20;

/// What more resamples could still change.
enum class Open { nothing, confirmation, decision };

Open open_question(const Comparison& filled, double noise_of_delta, double noise_of_margin,
                   std::size_t drawn) {
    if (filled.degenerate || !filled.problem.empty() || !filled.interval) {
        return Open::nothing;
    }
    const auto near = [](double bound, double noise) {
        return std::abs(bound) < noise_units * noise;
    };
    if (!filled.margin) {
        const bool open = near(filled.interval->lower, noise_of_delta) ||
                          near(filled.interval->upper, noise_of_delta);
        return open ? Open::decision : Open::nothing;
    }
    if (near(filled.margin->lower, noise_of_margin)) {
        return Open::decision;
    }
    if (filled.against_gain && (near(filled.against_gain->lower, noise_of_margin) ||
                                near(filled.against_gain->upper, noise_of_margin))) {
        return Open::decision;
    }
    // Either passed, or the drop is below the margin and inconclusive whatever its upper end.
    if (filled.margin->lower > 0.0 || filled.margin->estimate > 0.0) {
        return Open::nothing;
    }
    if (near(filled.interval->upper, noise_of_delta)) {
        return Open::decision;
    }
    if (filled.interval->upper > 0.0) {
        return Open::nothing;
    }
    if (near(filled.margin->upper, noise_of_margin)) {
        return Open::confirmation;
    }
    // A claim that Holm must still adjust, with a p that only the number of resamples limits.
    const bool limited = *filled.p_no_loss < smallest_useful_p / (static_cast<double>(drawn) + 1.0);
    return filled.margin->upper >= 0.0 && limited ? Open::confirmation : Open::nothing;
}

bool too_many_undefined(const Replicates& replicates, std::size_t drawn) {
    return static_cast<double>(replicates.undefined) >
               most_undefined * static_cast<double>(drawn) ||
           replicates.baseline.size() < 2;
}

void note_undefined(const Replicates& replicates, std::size_t drawn, Comparison& out) {
    out.degenerate = true;
    add_note(out, "undefined_replicates",
             "The metric is undefined in " + std::to_string(replicates.undefined) + " of " +
                 support::count_of(drawn, "resample", "resamples") +
                 "; too few examples of a class.");
}

}  // namespace

void Replicates::add(const metrics::Value& of_baseline, const metrics::Value& of_candidate) {
    if (of_baseline.defined() && of_candidate.defined()) {
        baseline.push_back(of_baseline.number());
        candidate.push_back(of_candidate.number());
    } else {
        ++undefined;
    }
}

Contrast replicate_contrast(const Replicates& replicates, double estimate, double orientation,
                            double factor, double confidence, const ReplicateInterval& kind,
                            const std::optional<stats::Expansion>& expansion) {
    std::vector<double> differences(replicates.candidate.size());
    for (std::size_t r = 0; r < differences.size(); ++r) {
        differences[r] = orientation * (replicates.candidate[r] - factor * replicates.baseline[r]);
    }
    Contrast contrast{.estimate = estimate};
    contrast.standard_error = stats::sample_standard_deviation(differences);
    if (!kind) {
        contrast.p_no_loss = stats::bootstrap_p_not_negative(differences);
        double level = confidence;
        if (expansion) {
            level = stats::expanded_confidence(confidence, *expansion);
            contrast.p_no_loss = stats::expanded_p(contrast.p_no_loss, *expansion);
        }
        const stats::Interval interval = stats::percentile_interval(differences, level);
        contrast.lower = interval.lower;
        contrast.upper = interval.upper;
        return contrast;
    }
    const auto at = [&](double confidence_of_both) -> std::optional<stats::Interval> {
        std::vector<double> copy = differences;
        const double level = expansion ? stats::expanded_confidence(confidence_of_both, *expansion)
                                       : confidence_of_both;
        return kind(copy, estimate, factor, level);
    };
    const stats::Interval interval = *at(confidence);
    contrast.lower = interval.lower;
    contrast.upper = interval.upper;
    const double least = 1.0 / (static_cast<double>(differences.size()) + 1.0);
    contrast.p_no_loss = factor == 1.0 ? std::max(least, p_by_inversion(at)) : 1.0;
    return contrast;
}

double widen_by_jackknife(const Replicates& left_out, double orientation, double factor,
                          double confidence, double degrees_of_freedom, Contrast& contrast) {
    if (left_out.baseline.size() < 2 || left_out.undefined > 0) {
        return 0.0;
    }
    std::vector<double> values(left_out.baseline.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = orientation * (left_out.candidate[i] - factor * left_out.baseline[i]);
    }
    // The value rises when a unit that pulls it down is left out, hence the sign.
    const stats::MeanEstimate spread = stats::paired_mean(values);
    const double error = spread.standard_error * (static_cast<double>(values.size()) - 1.0);
    const stats::MeanEstimate estimate{contrast.estimate, error, degrees_of_freedom,
                                       -spread.skewness};
    const stats::Interval interval = stats::skew_widened_interval(estimate, confidence);
    contrast.lower = std::min(contrast.lower, interval.lower);
    contrast.upper = std::max(contrast.upper, interval.upper);
    contrast.p_no_loss = std::max(contrast.p_no_loss, stats::skew_widened_p_not_negative(estimate));
    return estimate.skewness;
}

namespace {

void add_replicate_facts(const Replicates& replicates, std::size_t drawn, const Options& options,
                         Comparison& out) {
    add_fact(out, "resamples", drawn);
    if (replicates.undefined > 0) {
        add_fact(out, "resamples_in_which_the_metric_is_undefined", replicates.undefined);
    }
    add_fact(out, "seed", options.seed);
    add_fact(out, "standard_deviation_over_the_resamples",
             out.standard_error.value_or(std::numeric_limits<double>::quiet_NaN()));
}

/// Returns how many resamples were drawn.
std::size_t draw_until_settled(const metrics::Metric& metric, const Margin& margin,
                               const Options& options, const ReplicatePlan& plan,
                               Replicates& replicates, Comparison& out) {
    const double s = metric.orientation();
    const double baseline = out.baseline.number();
    const double candidate = out.candidate.number();
    const double level = plan.expansion
                             ? stats::expanded_confidence(options.confidence, *plan.expansion)
                             : options.confidence;
    std::size_t drawn = 0;
    std::size_t wanted = plan.start;
    const Comparison untouched = out;
    while (true) {
        plan.draw(drawn, wanted - drawn, replicates);
        drawn = wanted;
        out = untouched;
        if (too_many_undefined(replicates, drawn)) {
            fill_point(metric, margin, out);
            note_undefined(replicates, drawn, out);
            return drawn;
        }
        Contrasts contrasts;
        contrasts.at = [&](double factor) {
            if (factor == 1.0 && plan.delta) {
                return plan.delta();
            }
            Contrast contrast =
                replicate_contrast(replicates, s * (candidate - factor * baseline), s, factor,
                                   options.confidence, plan.interval, plan.expansion);
            if (plan.expansion) {
                widen_by_jackknife(plan.left_out, s, factor, options.confidence,
                                   plan.expansion->degrees_of_freedom, contrast);
            }
            return contrast;
        };
        contrasts.baseline_standard_error = stats::sample_standard_deviation(replicates.baseline);
        const double error = fill(metric, margin, options, contrasts, out);
        const double of_delta = plan.delta || !out.standard_error
                                    ? 0.0
                                    : stats::monte_carlo_sd(level, drawn, *out.standard_error);
        const double of_margin = stats::monte_carlo_sd(level, drawn, error);
        const Open open = open_question(out, of_delta, of_margin, drawn);
        if (open == Open::nothing) {
            return drawn;
        }
        if (drawn >= plan.limit) {
            if (open == Open::decision) {
                out.degenerate = true;
                add_note(out, "monte_carlo",
                         "A bound lies within Monte Carlo noise of a limit even with " +
                             support::count_of(drawn, "resample", "resamples") +
                             "; the decision is left open.");
            }
            return drawn;
        }
        wanted = std::min(plan.limit, drawn * growth);
    }
}

}  // namespace

void judge_by_replicates(const metrics::Metric& metric, const Margin& margin,
                         const Options& options, const ReplicatePlan& plan, Comparison& out) {
    Replicates replicates;
    const std::size_t drawn = draw_until_settled(metric, margin, options, plan, replicates, out);
    add_replicate_facts(replicates, drawn, options, out);
}

}  // namespace metricgate::comparison
