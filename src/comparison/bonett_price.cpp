// Paired 0/1 outcomes by Bonett and Price's adjusted Wald interval.
#include <cmath>

#include "comparison/methods.h"
#include "comparison/paired_outcomes.h"
#include "stats/distributions.h"

namespace metricgate::comparison {
namespace {

/// The level at which the upper end reaches 0.
double p_no_loss(const stats::PairedCounts& counts) {
    const double n = static_cast<double>(counts.n()) + 2.0;
    const double gained = (static_cast<double>(counts.candidate_only) + 1.0) / n;
    const double lost = (static_cast<double>(counts.baseline_only) + 1.0) / n;
    const double difference = gained - lost;
    return stats::normal_cdf(difference / std::sqrt((gained + lost - difference * difference) / n));
}

}  // namespace

std::string bonett_price_applies(const metrics::Metric& metric,
                                 const evidence::Examples& examples) {
    return outcomes_apply(metric, examples);
}

void run_bonett_price(const metrics::Metric& metric, const evidence::Examples& examples,
                      const evidence::Rows& rows, const Margin& margin, const Options& options,
                      Comparison& out) {
    judge_outcomes({stats::bonett_price, p_no_loss}, metric, examples, rows, margin, options, out);
}

}  // namespace metricgate::comparison
