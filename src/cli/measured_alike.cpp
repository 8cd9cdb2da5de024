#include "cli/measured_alike.h"

#include <vector>

#include "comparison/recorded.h"
#include "support/text.h"

namespace metricgate::cli {

std::string not_measured_alike(const metrics::Metric& metric, const evidence::Scalar& baseline,
                               const evidence::Scalar& candidate, const std::string& method,
                               const comparison::Options& options) {
    // A policy that asks for the tolerance band wants the numbers alone.
    const bool fell_back = method == "tolerance" && options.method != "tolerance";
    std::vector<std::string> lacking;
    if (fell_back && baseline.standard_error && !candidate.standard_error) {
        lacking.emplace_back("`stderr`");
    }
    // `min_examples` holds for shares whatever compares them.
    if (baseline.n && !candidate.n && (fell_back || comparison::is_proportion(metric, baseline))) {
        lacking.emplace_back("`n`");
    }
    if (fell_back && baseline.events && !candidate.events) {
        lacking.emplace_back("`events` and `exposure`");
    }
    return lacking.empty()
               ? ""
               : "the candidate was not measured as the baseline was: the baseline states " +
                     support::enumerate(lacking) +
                     ", the candidate does not, and without it noise would pass for a change "
                     "within the margin; record it with the candidate, too";
}

}  // namespace metricgate::cli
