// Anything else on different examples: each side's own interval, joined by MOVER.
#include <cmath>

#include "comparison/candidate_interval.h"
#include "comparison/different_examples.h"
#include "comparison/inversion.h"
#include "comparison/methods.h"

namespace metricgate::comparison {
namespace {

/// An interval that leaves its own value out (a percentile one can) is stretched to it: distances
/// from the estimate are what is joined.
SideAt side_of(const OneSide& side, double value, const Options& options) {
    return [value, intervals = candidate_intervals(side.metric, side.examples, side.rows, options)](
               double level) -> std::optional<stats::Bounded> {
        auto interval = intervals(level);
        if (!interval) {
            return std::nullopt;
        }
        interval->lower = std::min(interval->lower, value);
        interval->upper = std::max(interval->upper, value);
        return stats::Bounded{value, *interval};
    };
}

}  // namespace

std::string mover_applies(const OneSide& baseline, const OneSide& candidate) {
    if (std::holds_alternative<metrics::PairForm>(candidate.metric.definition->form)) {
        return "a count over both sides at once needs the same examples";
    }
    const std::string reason = interval_obstacle(candidate.metric, candidate.examples);
    return reason.empty() ? interval_obstacle(baseline.metric, baseline.examples) : reason;
}

void run_mover(const OneSide& of_baseline, const OneSide& of_candidate, const Margin& margin,
               const Options& options, Comparison& out) {
    const SideAt baseline = side_of(of_baseline, out.baseline.number(), options);
    const SideAt candidate = side_of(of_candidate, out.candidate.number(), options);
    const auto now = candidate(options.confidence);
    const auto before = baseline(options.confidence);
    if (!now || !before) {
        fill_point(of_candidate.metric, margin, out);
        mark_degenerate(out, std::string("The evidence gives the ") +
                                 (now ? "baseline" : "candidate") +
                                 " no interval of its own; nothing is claimed.");
        return;
    }
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return *mover_contrast(baseline, candidate, of_candidate.metric.orientation(), factor,
                               options.confidence);
    };
    contrasts.baseline_standard_error = error_towards_zero(*before);
    fill(of_candidate.metric, margin, options, contrasts, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

}  // namespace metricgate::comparison
