// Two recorded proportions with their numbers of examples: Newcombe's hybrid score interval, and
// its generalisation (MOVER) where a relative margin scales the baseline.
#include "comparison/inversion.h"
#include "comparison/methods.h"
#include "comparison/recorded.h"
#include "stats/proportions.h"

namespace metricgate::comparison {

std::string newcombe_applies(const metrics::Metric& metric, const evidence::Scalar& baseline,
                             const evidence::Scalar& candidate) {
    return is_proportion(metric, baseline) && is_proportion(metric, candidate)
               ? ""
               : "it needs a share of successes and `n` on both sides";
}

void run_newcombe(const metrics::Metric& metric, const evidence::Scalar& baseline,
                  const evidence::Scalar& candidate, const Margin& margin, const Options& options,
                  Comparison& out) {
    const auto add_side = [&out](const std::string& side, double share, std::uint64_t n) {
        add_fact(out, "successes_of_the_" + side, share * static_cast<double>(n));
        add_fact(out, "examples_of_the_" + side, n);
    };
    add_side("baseline", out.baseline.number(), *baseline.n);
    add_side("candidate", out.candidate.number(), *candidate.n);
    const auto side = [](double value, std::uint64_t n) -> SideAt {
        return [value, n = static_cast<double>(n)](double level) {
            return stats::Bounded{value, stats::wilson(value * n, n, level)};
        };
    };
    const SideAt of_baseline = side(out.baseline.number(), *baseline.n);
    const SideAt of_candidate = side(out.candidate.number(), *candidate.n);
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return *mover_contrast(of_baseline, of_candidate, metric.orientation(), factor,
                               options.confidence);
    };
    contrasts.baseline_standard_error = error_towards_zero(*of_baseline(options.confidence));
    fill_independent(metric, margin, options, contrasts, out);
}

}  // namespace metricgate::comparison
