#pragma once

#include "evidence/examples.h"
#include "metrics/metric.h"

namespace metricgate::metrics {

/// True when the metric looks at classes without the scores behind them, or at a value column: what
/// two different models may well agree on.
bool is_coarse(const Metric& metric, const evidence::Examples& examples);

}  // namespace metricgate::metrics
