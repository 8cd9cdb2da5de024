// Two bare numbers: nothing is known about their uncertainty, the margin is a tolerance band.
#include "comparison/contrast.h"
#include "comparison/methods.h"

namespace metricgate::comparison {

std::string tolerance_applies(const metrics::Metric& /*metric*/,
                              const evidence::Scalar& /*baseline*/,
                              const evidence::Scalar& /*candidate*/) {
    return "";
}

void run_tolerance(const metrics::Metric& metric, const evidence::Scalar& baseline,
                   const evidence::Scalar& candidate, const Margin& margin,
                   const Options& /*options*/, Comparison& out) {
    out.uncertainty_known = false;
    if (baseline.standard_error.has_value() != candidate.standard_error.has_value()) {
        add_note(out, "one_standard_error",
                 "Only one side has a standard error, so it is not used.");
    }
    fill_point(metric, margin, out);
}

}  // namespace metricgate::comparison
