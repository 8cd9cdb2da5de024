// Shares of successes of different examples: Newcombe's and Miettinen and Nurminen's intervals.
#include "comparison/columns.h"
#include "comparison/different_examples.h"
#include "comparison/inversion.h"
#include "comparison/methods.h"
#include "comparison/paired_outcomes.h"
#include "comparison/two_samples.h"
#include "metrics/evaluate.h"

namespace metricgate::comparison {
namespace {

struct Share {
    std::uint64_t successes = 0;
    std::uint64_t n = 0;
};

Share share_of(const OneSide& side) {
    const evidence::Rows rows = rows_that_count(side.metric, side.examples, side.rows);
    Share share;
    share.n = rows.size();
    for (const double outcome :
         outcomes_of(side.metric, side.examples, evidence::Side::candidate, rows)) {
        share.successes += outcome > 0.0 ? 1 : 0;
    }
    return share;
}

SideAt wilson_of(const Share& share) {
    return
        [x = static_cast<double>(share.successes), n = static_cast<double>(share.n)](double level) {
            return stats::Bounded{x / n, stats::wilson(x, n, level)};
        };
}

}  // namespace

std::string shares_apply(const OneSide& baseline, const OneSide& candidate) {
    const std::string reason = outcomes_apply(candidate.metric, candidate.examples);
    return reason.empty() ? outcomes_apply(baseline.metric, baseline.examples) : reason;
}

void run_newcombe_different(const OneSide& of_baseline, const OneSide& of_candidate,
                            const Margin& margin, const Options& options, Comparison& out) {
    const SideAt baseline = wilson_of(share_of(of_baseline));
    const SideAt candidate = wilson_of(share_of(of_candidate));
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return *mover_contrast(baseline, candidate, of_candidate.metric.orientation(), factor,
                               options.confidence);
    };
    contrasts.baseline_standard_error = error_towards_zero(*baseline(options.confidence));
    fill(of_candidate.metric, margin, options, contrasts, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

void run_miettinen_nurminen_different(const OneSide& of_baseline, const OneSide& of_candidate,
                                      const Margin& margin, const Options& options,
                                      Comparison& out) {
    const Share baseline = share_of(of_baseline);
    const Share candidate = share_of(of_candidate);
    judge_two_samples(of_candidate.metric,
                      {candidate.successes, candidate.n, baseline.successes, baseline.n}, margin,
                      options, out);
}

}  // namespace metricgate::comparison
