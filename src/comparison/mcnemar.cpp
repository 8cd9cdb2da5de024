// Paired 0/1 outcomes by Tango's interval, which leaves 0 only where McNemar's exact (or mid-p)
// test does not allow for it either: a loss is claimed when both show it.
#include <algorithm>
#include <utility>

#include "comparison/methods.h"
#include "comparison/paired_outcomes.h"

namespace metricgate::comparison {
namespace {

using OneSided = double (*)(const stats::PairedCounts&);

template <OneSided no_loss>
stats::Interval guarded_interval(const stats::PairedCounts& counts, double confidence) {
    stats::Interval interval = stats::tango(counts, confidence);
    const double level = 1.0 - confidence;
    stats::PairedCounts mirrored = counts;
    std::swap(mirrored.candidate_only, mirrored.baseline_only);
    if (!(no_loss(counts) <= level)) {
        interval.upper = std::max(interval.upper, 0.0);
    }
    if (!(no_loss(mirrored) <= level)) {
        interval.lower = std::min(interval.lower, 0.0);
    }
    return interval;
}

template <OneSided no_loss>
double guarded_p(const stats::PairedCounts& counts) {
    return std::max(no_loss(counts), stats::tango_p_no_loss(counts));
}

template <OneSided no_loss>
constexpr OutcomeInterval guarded = {guarded_interval<no_loss>, guarded_p<no_loss>};

}  // namespace

std::string mcnemar_applies(const metrics::Metric& metric, const evidence::Examples& examples) {
    return outcomes_apply(metric, examples);
}

void run_mcnemar_exact(const metrics::Metric& metric, const evidence::Examples& examples,
                       const evidence::Rows& rows, const Margin& margin, const Options& options,
                       Comparison& out) {
    judge_outcomes(guarded<stats::mcnemar_exact_no_loss>, metric, examples, rows, margin, options,
                   out);
}

void run_mcnemar_mid_p(const metrics::Metric& metric, const evidence::Examples& examples,
                       const evidence::Rows& rows, const Margin& margin, const Options& options,
                       Comparison& out) {
    judge_outcomes(guarded<stats::mcnemar_mid_p_no_loss>, metric, examples, rows, margin, options,
                   out);
}

}  // namespace metricgate::comparison
