#include "damage/columns.h"

#include <algorithm>
#include <cmath>

namespace metricgate::damage {
namespace {

using evidence::CategoryColumn;
using evidence::ObservedColumn;
using metrics::Metric;

/// A name that no sane column holds.
constexpr const char* alien = "metricgate: damaged";

bool counts_missing(const Metric& metric) {
    return metric.definition->name == "missing_rate";
}

bool counts_types(const Metric& metric) {
    return metric.definition->name == "type_mismatches";
}

std::size_t part_of(std::size_t count, double share) {
    const double part = std::ceil(share * static_cast<double>(count));
    return std::min(count, static_cast<std::size_t>(std::max(part, 0.0)));
}

/// Drops the lowest numbers and says how many.
std::size_t drop_lowest(ObservedColumn& column, double share) {
    std::sort(column.numbers.begin(), column.numbers.end());
    const std::size_t count = part_of(column.numbers.size(), share);
    column.numbers.erase(column.numbers.begin(),
                         column.numbers.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
}

/// Renames the cells of the lowest codes; a code may be cut in two.
void rename_cells(CategoryColumn& column, double share, const char* name) {
    std::vector<std::size_t> by_code(column.names.size(), 0);
    std::size_t filled = 0;
    for (std::size_t row = 0; row < column.codes.size(); ++row) {
        const std::uint32_t code = column.codes[row];
        ++by_code[code];
        filled += column.names[code].empty() ? 0U : 1U;
    }
    std::size_t left = part_of(filled, share);
    const auto renamed = static_cast<std::uint32_t>(column.names.size());
    evidence::Codes codes;
    for (std::size_t code = 0; code < by_code.size(); ++code) {
        for (std::size_t i = 0; i < by_code[code]; ++i) {
            const bool change = left > 0 && !column.names[code].empty();
            left -= change ? 1U : 0U;
            codes.push_back(change ? renamed : static_cast<std::uint32_t>(code));
        }
    }
    column.codes = std::move(codes);
    column.names.emplace_back(name);
}

ObservedColumn with_empty_cells(ObservedColumn column, double share) {
    if (column.is_numeric()) {
        column.missing.count += drop_lowest(column, share);
        return column;
    }
    const std::size_t values = column.rows - column.missing.count;
    column.missing.count += part_of(values, share);
    return column;
}

ObservedColumn with_other_type(ObservedColumn column, double share) {
    if (column.is_numeric()) {
        column.text.count += drop_lowest(column, share);
        column.text.text = alien;
        return column;
    }
    // Text may look like a number here and there, so only the whole column changes its type.
    if (share >= 1.0) {
        column.numbers.assign(column.rows - column.missing.count, 0.0);
        column.text = {};
    }
    return column;
}

/// Outside of the column's values, and of the range that the policy states.
double beyond(const Metric& metric, const std::vector<double>& numbers) {
    const auto [lowest, highest] = std::ranges::minmax(numbers);
    const auto& range = metric.parameters.of_column.range;
    const double edge = range ? std::max(range->second, highest) : highest;
    return edge + (highest - lowest) + std::abs(edge) + 1.0;
}

ObservedColumn with_alien_values(const Metric& metric, ObservedColumn column, double share) {
    if (column.categories) {
        rename_cells(*column.categories, share, alien);
    }
    if (!column.numbers.empty()) {
        const double value = beyond(metric, column.numbers);
        const std::size_t dropped = drop_lowest(column, share);  // before an end is asked for
        column.numbers.insert(column.numbers.end(), dropped, value);
    }
    return column;
}

}  // namespace

const char* column_damage(const Metric& metric) {
    return counts_missing(metric) ? "cells of the column emptied"
           : counts_types(metric) ? "cells of the column turned to another type"
                                  : "values of the column replaced by ones it never had";
}

ObservedColumn spoil_column(const Metric& metric, const ObservedColumn& column, double share) {
    return counts_missing(metric) ? with_empty_cells(column, share)
           : counts_types(metric) ? with_other_type(column, share)
                                  : with_alien_values(metric, column, share);
}

}  // namespace metricgate::damage
