// Paired 0/1 outcomes by Newcombe's square-and-add interval.
#include "comparison/inversion.h"
#include "comparison/methods.h"
#include "comparison/paired_outcomes.h"

namespace metricgate::comparison {
namespace {

double p_no_loss(const stats::PairedCounts& counts) {
    return p_by_inversion([&](double confidence) -> std::optional<stats::Interval> {
        return stats::newcombe_paired(counts, confidence);
    });
}

}  // namespace

std::string newcombe_paired_applies(const metrics::Metric& metric,
                                    const evidence::Examples& examples) {
    return outcomes_apply(metric, examples);
}

void run_newcombe_paired(const metrics::Metric& metric, const evidence::Examples& examples,
                         const evidence::Rows& rows, const Margin& margin, const Options& options,
                         Comparison& out) {
    judge_outcomes({stats::newcombe_paired, p_no_loss}, metric, examples, rows, margin, options,
                   out);
}

}  // namespace metricgate::comparison
