#pragma once

#include <string>

#include "comparison/comparison.h"
#include "evidence/observed_column.h"

namespace metricgate::comparison {

/// One column of both sides, unpaired; `column` is its name, which the noise level's draws belong
/// to. Of a share (missing values) also the change with Newcombe's interval. The baseline may be
/// absent where the metric does not need it.
Comparison compare(const metrics::Metric& metric, const evidence::ColumnSides& sides,
                   const std::string& column, const Margin& margin, const Options& options);

}  // namespace metricgate::comparison
