#pragma once

#include "evidence/observed_column.h"
#include "metrics/metric.h"

namespace metricgate::damage {

/// What `spoil_column` does for that metric, for reports.
const char* column_damage(const metrics::Metric& metric);

/// `column` with a share of its values, the lowest first, made what the metric must notice: empty
/// cells for missing_rate, text (or, in a column of text, nothing but numbers) for type_mismatches,
/// else values that the column never had: beyond its range, or a category of their own. share in
/// [0, 1]; values without rows are left alone.
evidence::ObservedColumn spoil_column(const metrics::Metric& metric,
                                      const evidence::ObservedColumn& column, double share);

}  // namespace metricgate::damage
