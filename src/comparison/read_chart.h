#pragma once

#include "comparison/comparison.h"
#include "evidence/history.h"

namespace metricgate::comparison {

/// Holds the newest value of a metric against limits from the past of its history (oldest first,
/// without the newest). Limits are frozen: they rest on the first `ChartOptions::points` points in
/// control since the last basis (see `rebases_of`). Fills both values (the center stands for the
/// baseline), delta, `chart`, and `insufficient` where there are fewer points. A point in use that
/// is not finite is a `problem`. Sources: NIST/SEMATECH e-Handbook 6.3.2; points with a standard
/// error each are charted as residuals in standard errors (Laney, Quality Engineering 14, 2002).
Comparison read_chart(const metrics::Metric& metric, const evidence::History& history,
                      const evidence::HistoryPoint& newest, const ChartOptions& options);

}  // namespace metricgate::comparison
