#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/examples.h"
#include "evidence/metric_file.h"
#include "metrics/metric.h"

namespace metricgate::damage {

/// Broken evidence, as a reader would hand it on. Each function breaks the candidate's side and
/// returns nothing, or changes nothing and says why the fault cannot happen to this evidence.
/// `threshold` is set where the predicted classes were cut from scores, which are broken then.

/// One number becomes NaN: of the example that is damaged first.
std::string put_nan(const metrics::Metric& metric, evidence::Examples& examples,
                    const std::vector<double>& places, std::optional<double> threshold);

/// A share of the cells becomes empty: 1 is the whole column.
std::string empty_cells(const metrics::Metric& metric, evidence::Examples& examples,
                        const std::vector<double>& places, double share,
                        std::optional<double> threshold);

/// The recorded number, or the first of the runs, becomes NaN.
void put_nan(evidence::Entry& entry);

}  // namespace metricgate::damage
