// Recorded events over an exposure. A difference of rates joins the exact intervals of both
// (MOVER); against a relative margin the exact interval of their ratio decides, given the sum of
// the events.
#include <cmath>

#include "comparison/inversion.h"
#include "comparison/methods.h"
#include "stats/poisson.h"

namespace metricgate::comparison {
namespace {

stats::EventCount count_of(const evidence::Scalar& scalar) {
    return {*scalar.events, *scalar.exposure};
}

SideAt side(const stats::EventCount& count) {
    return [count](double level) {
        return stats::Bounded{count.rate(), stats::poisson_rate(count, level)};
    };
}

/// s * (candidate - factor * baseline) in units of the baseline's rate: its sign is that of the
/// ratio against the factor, and so are its bounds.
Contrast ratio_contrast(const stats::EventCount& candidate, const stats::EventCount& baseline,
                        double s, double factor, double confidence) {
    const stats::Interval ratio = stats::poisson_ratio(candidate, baseline, confidence);
    const double rate = baseline.rate();
    const double low = (ratio.lower - factor) * rate;
    const double high = (ratio.upper - factor) * rate;
    Contrast contrast{.estimate = s * (candidate.rate() - factor * rate),
                      .lower = s > 0.0 ? low : -high,
                      .upper = s > 0.0 ? high : -low};
    contrast.standard_error = error_from_width({contrast.lower, contrast.upper, confidence});
    return contrast;
}

}  // namespace

std::string poisson_applies(const metrics::Metric& /*metric*/, const evidence::Scalar& baseline,
                            const evidence::Scalar& candidate) {
    const bool counted =
        baseline.events && candidate.events && baseline.exposure && candidate.exposure;
    return counted ? "" : "it needs `events` and `exposure` on both sides";
}

void run_poisson(const metrics::Metric& metric, const evidence::Scalar& of_baseline,
                 const evidence::Scalar& of_candidate, const Margin& margin, const Options& options,
                 Comparison& out) {
    const stats::EventCount baseline = count_of(of_baseline);
    const stats::EventCount candidate = count_of(of_candidate);
    const SideAt rate_before = side(baseline);
    const SideAt rate_now = side(candidate);
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return factor == 1.0 ? *mover_contrast(rate_before, rate_now, metric.orientation(), 1.0,
                                               options.confidence)
                             : ratio_contrast(candidate, baseline, metric.orientation(), factor,
                                              options.confidence);
    };
    contrasts.baseline_standard_error = error_towards_zero(*rate_before(options.confidence));
    out.n = baseline.events + candidate.events;
    out.n_unit = "events";
    fill_independent(metric, margin, options, contrasts, out);
}

}  // namespace metricgate::comparison
