#pragma once

#include <string>
#include <vector>

#include "evidence/examples.h"
#include "metrics/metric.h"

namespace metricgate::comparison {

/// A moments metric of both sides without each unit (cluster, or example) in turn, in O(n): the
/// unit's terms are taken out of the sums. `problem` says why there is none; a value may be
/// undefined without one unit (R2 of equal targets).
struct LeaveOneOut {
    std::vector<double> baseline;
    std::vector<double> candidate;
    std::string problem;
};
LeaveOneOut leave_one_out(const metrics::Metric& metric, const evidence::Examples& examples,
                          const evidence::Rows& rows);

}  // namespace metricgate::comparison
