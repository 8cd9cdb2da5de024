#include "cli/measured_alike.h"

#include <vector>

#include "comparison/recorded.h"
#include "policy/policy.h"
#include "support/text.h"

namespace metricgate::cli {

std::string not_measured_alike(const verdict::Rule& rule, const metrics::Metric& metric,
                               const evidence::Scalar& baseline, const evidence::Scalar& candidate,
                               const std::string& method, const comparison::Options& options) {
    // A policy that asks for the tolerance band wants the numbers alone.
    const bool fell_back = method == "tolerance" && options.method != "tolerance";
    std::vector<std::string> lacking;
    if (fell_back && baseline.standard_error && !candidate.standard_error) {
        lacking.emplace_back("`stderr`");
    }
    // `min_examples` holds for shares whatever compares them, and nothing else reads `n`. Where a
    // standard error tells how many there were, only more than every check asks for is wanted.
    const bool by_error = candidate.standard_error && candidate.standard_error->value > 0.0 &&
                          options.min_examples <= policy::Check{}.min_examples;
    if (comparison::is_proportion(metric, baseline) && !candidate.n && !by_error) {
        lacking.emplace_back("`n`");
    }
    if (fell_back && baseline.events && !candidate.events) {
        lacking.emplace_back("`events` and `exposure`");
    }
    const bool has_margin = rule.margin.absolute || rule.margin.relative;
    const char* const why = fell_back && has_margin
                                ? "without it noise would pass for a change within the margin"
                                : "without it nothing tells how much data the value rests on";
    return lacking.empty()
               ? ""
               : "the candidate was not measured as the baseline was: the baseline states " +
                     support::enumerate(lacking) + ", the candidate does not, and " + why +
                     "; record it with the candidate, too";
}

}  // namespace metricgate::cli
