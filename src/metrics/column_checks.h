#pragma once

#include <string>
#include <vector>

#include "metrics/metric.h"

namespace metricgate::metrics {

/// Whether both sides are taken as numbers: as the policy says, else by the baseline's cells, or
/// the candidate's where there is no baseline.
bool is_numeric(const evidence::ColumnSides& sides, const ColumnParameters& parameters);

/// Why the sides do not hold the same kind of values: text where the other side has numbers. Empty
/// when they do. Both sides are there.
std::string type_conflict(const evidence::ColumnSides& sides, const ColumnParameters& parameters);

/// Why no distribution can be taken from the column: a number that is not finite, or no value at
/// all. Empty when one can. Both sides are there.
std::string column_problem(const evidence::ColumnSides& sides);

/// That a side holds a NaN or an infinity, as a sentence, or "".
std::string non_finite_problem(const evidence::ColumnSides& sides);

/// The finite numbers, ascending.
std::vector<double> sorted_numbers(const evidence::ObservedColumn& column);

/// "3 of 100 at the baseline, 40 of 120 at the candidate"
std::string missing_text(const evidence::ColumnSides& sides);

/// A finding with the rows of both sides that have a value as its sizes.
ColumnFinding start_finding(const evidence::ColumnSides& sides);

/// A distance between the values of both sides, sorted; it needs numbers. Empty cells are left out,
/// which a remark says.
struct Distance {
    double value = 0.0;
    Noise noise;
};
using ValueDistance = Distance (*)(const std::vector<double>& baseline,
                                   const std::vector<double>& candidate, const ColumnParameters&,
                                   double tail);
ColumnFinding find_between_values(const evidence::ColumnSides& sides,
                                  const ColumnParameters& parameters, const ColumnChance& chance,
                                  ValueDistance distance);

/// Names in quotes, at most five: "'de', 'fr' and 3 more".
std::string quoted(const std::vector<std::string>& names);

inline bool always_needs_baseline(const ColumnParameters& /*parameters*/) {
    return true;
}
inline bool never_needs_baseline(const ColumnParameters& /*parameters*/) {
    return false;
}

}  // namespace metricgate::metrics
