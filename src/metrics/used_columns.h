#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/examples.h"
#include "metrics/metric.h"

namespace metricgate::metrics {

/// A column that a metric reads. Both pointers are null when the examples lack it.
struct UsedColumn {
    std::string_view role;
    std::optional<evidence::Side> side;  ///< empty: shared by both sides
    const evidence::NumberColumn* number = nullptr;
    const evidence::CategoryColumn* category = nullptr;
};

/// All columns that `metric` reads, shared ones first, then the baseline's, then the candidate's.
std::vector<UsedColumn> used_columns(const Metric& metric, const evidence::Examples& examples);

/// True when `metric` reads class scores. The positive class's score goes first: class scores may
/// be there for another check only, which must not change this one.
bool reads_class_scores(const Metric& metric, const evidence::Examples& examples);

/// The class that stands for an empty cell, if there is one.
std::optional<std::uint32_t> missing_class(const evidence::Examples& examples);

/// The code that stands for an empty cell of a category column, if there is one: among the classes,
/// or among the column's own names where it is no class.
std::optional<std::uint32_t> missing_code(const UsedColumn& column,
                                          const evidence::Examples& examples);

/// Why the columns that `metric` reads cannot be used: shared ones and, of `side`, the side's own
/// (both sides' without one). Empty when they can.
std::string find_obstacle(const Metric& metric, const evidence::Examples& examples,
                          std::optional<evidence::Side> side, const evidence::Rows& rows);

/// "score (candidate)"
std::string name_of(const UsedColumn& column);

}  // namespace metricgate::metrics
