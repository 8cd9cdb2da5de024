// Paired 0/1 outcomes by Tango's score interval.
#include "comparison/methods.h"
#include "comparison/paired_outcomes.h"

namespace metricgate::comparison {

std::string tango_applies(const metrics::Metric& metric, const evidence::Examples& examples) {
    return outcomes_apply(metric, examples);
}

void run_tango(const metrics::Metric& metric, const evidence::Examples& examples,
               const evidence::Rows& rows, const Margin& margin, const Options& options,
               Comparison& out) {
    judge_outcomes({stats::tango, stats::tango_p_no_loss}, metric, examples, rows, margin, options,
                   out);
}

}  // namespace metricgate::comparison
