#pragma once

#include "metrics/metric.h"

namespace metricgate::metrics {

/// (prediction - target)^2 into `out[0]`; the term that mse and rmse share.
const char* squared_error(const ExampleInput& input, const Parameters&, double* out);

}  // namespace metricgate::metrics
