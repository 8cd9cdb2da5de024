// Two recorded numbers: the method follows from what was recorded beside them.
#include "comparison/candidate_interval.h"
#include "comparison/contrast.h"
#include "comparison/methods.h"
#include "comparison/recorded.h"

namespace metricgate::comparison {
namespace {

/// Why a method cannot judge these two numbers, or nothing.
std::string obstacle(const std::string& method, bool errors, bool proportions) {
    if (method == "z") {
        return errors ? "" : "it needs a standard error on both sides";
    }
    if (method == "newcombe") {
        return proportions ? "" : "it needs a share of successes and `n` on both sides";
    }
    return method == "tolerance" ? "" : "it is not for recorded numbers";
}

}  // namespace

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
    out.baseline = metrics::Value::of(baseline.value.value);
    out.candidate = metrics::Value::of(candidate.value.value);
    const bool errors = baseline.standard_error && candidate.standard_error;
    const bool proportions = is_proportion(metric, baseline) && is_proportion(metric, candidate);
    out.method = options.method;
    if (out.method.empty()) {
        out.method = errors ? "z" : (proportions ? "newcombe" : "tolerance");
    }
    const std::string reason = obstacle(out.method, errors, proportions);
    if (!reason.empty()) {
        out.problem = "method '" + out.method +
                      "' does not apply to two recorded numbers: " + reason + "; " +
                      (errors ? "z, " : "") + (proportions ? "newcombe, " : "") + "tolerance would";
        return out;
    }
    if (baseline.n && candidate.n) {
        out.n = std::min(*baseline.n, *candidate.n);
    } else {
        out.n = candidate.n.value_or(baseline.n.value_or(0));
    }
    if (options.candidate_interval) {
        out.candidate_interval = candidate_interval(metric, candidate, options);
    }
    if (out.method == "z") {
        run_z(metric, baseline.standard_error->value, candidate.standard_error->value, margin,
              options, out);
    } else if (out.method == "newcombe") {
        run_newcombe(metric, *baseline.n, *candidate.n, margin, options, out);
    } else {
        if (!errors && (baseline.standard_error || candidate.standard_error)) {
            add_note(out, "one_standard_error",
                     "Only one side has a standard error, so it is not used.");
        }
        run_tolerance(metric, margin, out);
    }
    return out;
}

}  // namespace metricgate::comparison
