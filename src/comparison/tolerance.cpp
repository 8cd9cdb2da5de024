// Two bare numbers: nothing is known about their uncertainty, the margin is a tolerance band.
#include "comparison/contrast.h"
#include "comparison/methods.h"

namespace metricgate::comparison {

void run_tolerance(const metrics::Metric& metric, const Margin& margin, Comparison& out) {
    out.uncertainty_known = false;
    fill_point(metric, margin, out);
}

}  // namespace metricgate::comparison
