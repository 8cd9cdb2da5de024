// Two recorded proportions with their numbers of examples: Newcombe's hybrid score interval, and
// its generalisation (MOVER) where a relative margin scales the baseline.
#include "comparison/inversion.h"
#include "comparison/methods.h"
#include "stats/proportions.h"

namespace metricgate::comparison {

void run_newcombe(const metrics::Metric& metric, std::uint64_t baseline_n,
                  std::uint64_t candidate_n, const Margin& margin, const Options& options,
                  Comparison& out) {
    const auto side = [](double value, std::uint64_t n) -> SideAt {
        return [value, n = static_cast<double>(n)](double level) {
            return stats::Bounded{value, stats::wilson(value * n, n, level)};
        };
    };
    const SideAt baseline = side(out.baseline.number(), baseline_n);
    const SideAt candidate = side(out.candidate.number(), candidate_n);
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return *mover_contrast(baseline, candidate, metric.orientation(), factor,
                               options.confidence);
    };
    contrasts.baseline_standard_error = error_towards_zero(*baseline(options.confidence));
    fill_independent(metric, margin, options, contrasts, out);
}

}  // namespace metricgate::comparison
