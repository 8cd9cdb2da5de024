// Two recorded numbers: the method follows from what was recorded beside them.
#include "comparison/candidate_interval.h"
#include "comparison/catalog.h"
#include "comparison/contrast.h"
#include "comparison/recorded.h"
#include "support/text.h"

namespace metricgate::comparison {

Comparison compare(const metrics::Metric& metric, const evidence::Scalar& baseline,
                   const evidence::Scalar& candidate, const Margin& margin,
                   const Options& options) {
    Comparison out;
    for (const auto& [scalar, side] :
         {std::pair(&candidate, "candidate"), std::pair(&baseline, "baseline")}) {
        if (out.problem.empty()) {
            out.problem = scalar_problem(*scalar, side);
        }
    }
    if (!out.problem.empty()) {
        return out;
    }
    const auto applies = [&](const Method& method) {
        return method.applies_to_scalars != nullptr
                   ? method.applies_to_scalars(metric, baseline, candidate)
                   : std::string("it is not for recorded numbers");
    };
    const Method* method =
        choose(options.method, "two recorded numbers", "tolerance", applies, out.problem);
    if (method == nullptr) {
        return out;
    }
    out.method = method->name;
    out.baseline = metrics::Value::of(baseline.value.value);
    out.candidate = metrics::Value::of(candidate.value.value);
    if (baseline.n && candidate.n) {
        out.n = std::min(*baseline.n, *candidate.n);
        if (*candidate.n < *baseline.n) {
            add_note(out, "unequal_n",
                     support::count_of(*baseline.n, "example", "examples") + " of the baseline, " +
                         support::count_of(*candidate.n, "example", "examples") +
                         " of the candidate.");
        }
    } else {
        out.n = candidate.n.value_or(baseline.n.value_or(0));
    }
    if (options.candidate_interval) {
        out.candidate_interval = candidate_interval(metric, candidate, options);
    }
    for (const evidence::Scalar* side : {&candidate, &baseline}) {
        if (!out.insufficient) {
            out.insufficient = missing_examples(metric, *side, options);
        }
    }
    method->run_scalars(metric, baseline, candidate, margin, options, out);
    return out;
}

}  // namespace metricgate::comparison
