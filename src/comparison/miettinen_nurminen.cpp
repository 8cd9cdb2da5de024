// Two recorded proportions with their numbers of examples: Miettinen and Nurminen's score interval,
// which also holds for the contrast of a relative margin.
#include <cmath>

#include "comparison/inversion.h"
#include "comparison/methods.h"
#include "comparison/recorded.h"
#include "comparison/two_samples.h"
#include "stats/distributions.h"
#include "stats/proportions.h"

namespace metricgate::comparison {
namespace {

// A recorded share that is no count of its n would be judged by another number than was written.
constexpr double whole = 0.01;

std::uint64_t count_of(double value, std::uint64_t n) {
    return static_cast<std::uint64_t>(std::llround(value * static_cast<double>(n)));
}

bool is_count(double value, std::uint64_t n) {
    const double successes = value * static_cast<double>(n);
    return std::abs(successes - std::round(successes)) <= whole + 1e-9 * successes;
}

}  // namespace

void judge_two_samples(const metrics::Metric& metric, const stats::TwoSamples& samples,
                       const Margin& margin, const Options& options, Comparison& out) {
    const double s = metric.orientation();
    const double candidate = static_cast<double>(samples.x1) / static_cast<double>(samples.n1);
    const double baseline = static_cast<double>(samples.x2) / static_cast<double>(samples.n2);
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        const stats::Interval raw = stats::miettinen_nurminen(samples, options.confidence, factor);
        Contrast contrast{.estimate = s * (candidate - factor * baseline),
                          .lower = s > 0.0 ? raw.lower : -raw.upper,
                          .upper = s > 0.0 ? raw.upper : -raw.lower,
                          .standard_error = error_from_width(raw)};
        contrast.p_no_loss =
            stats::normal_cdf(s * stats::miettinen_nurminen_score(samples, 0.0, factor));
        return contrast;
    };
    contrasts.baseline_standard_error = error_towards_zero(
        {baseline, stats::wilson(static_cast<double>(samples.x2), static_cast<double>(samples.n2),
                                 options.confidence)});
    fill(metric, margin, options, contrasts, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

std::string miettinen_nurminen_applies(const metrics::Metric& metric,
                                       const evidence::Scalar& baseline,
                                       const evidence::Scalar& candidate) {
    if (!is_proportion(metric, baseline) || !is_proportion(metric, candidate)) {
        return "it needs a share of successes and `n` on both sides";
    }
    const bool counts = is_count(baseline.value.value, *baseline.n) &&
                        is_count(candidate.value.value, *candidate.n);
    return counts ? "" : "it counts successes, and value times `n` is no whole number";
}

void run_miettinen_nurminen(const metrics::Metric& metric, const evidence::Scalar& baseline,
                            const evidence::Scalar& candidate, const Margin& margin,
                            const Options& options, Comparison& out) {
    const stats::TwoSamples samples{count_of(candidate.value.value, *candidate.n), *candidate.n,
                                    count_of(baseline.value.value, *baseline.n), *baseline.n};
    judge_two_samples(metric, samples, margin, options, out);
    note_independent(out);
}

}  // namespace metricgate::comparison
