#include <algorithm>

#include "metrics/column_checks.h"
#include "metrics/definitions.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::metrics {
namespace {

std::string not_numbers(const evidence::ObservedColumn& column, const char* side) {
    const evidence::Flaw& flaw = column.non_finite.count > 0 ? column.non_finite : column.text;
    if (flaw.count == 0) {
        return column.is_empty() ? std::string("the ") + side + "'s column holds no value" : "";
    }
    return std::string("the ") + side + " holds '" + support::visible(flaw.text, 60) + "' at " +
           support::describe(flaw.first) + ", wanted finite numbers";
}

ColumnFinding find_outside(const evidence::ColumnSides& sides, const ColumnParameters& parameters,
                           const ColumnChance& /*chance*/) {
    ColumnFinding finding = start_finding(sides);
    std::string problem = not_numbers(*sides.candidate, "candidate");
    if (problem.empty() && !parameters.range) {
        problem = not_numbers(*sides.baseline, "baseline");
    }
    if (!problem.empty()) {
        finding.candidate = Value::undefined(problem);
        return finding;
    }
    std::pair<double, double> range;
    if (parameters.range) {
        range = *parameters.range;
    } else {
        const auto [lowest, highest] = std::ranges::minmax(sides.baseline->numbers);
        range = {lowest, highest};
    }
    const auto& values = sides.candidate->numbers;
    const auto outside = std::ranges::count_if(
        values, [&](double value) { return value < range.first || value > range.second; });
    finding.candidate =
        Value::of(static_cast<double>(outside) / static_cast<double>(values.size()));
    const auto [lowest, highest] = std::ranges::minmax(values);
    finding.remarks.push_back(
        {"range",
         std::string(parameters.range ? "The policy states" : "The baseline has") +
             " values from " + support::format_short(range.first, 6) + " to " +
             support::format_short(range.second, 6) + ", the candidate from " +
             support::format_short(lowest, 6) + " to " + support::format_short(highest, 6) + "; " +
             support::count_of(static_cast<std::size_t>(outside), "lies", "lie") + " outside."});
    return finding;
}

bool needs_baseline(const ColumnParameters& parameters) {
    return !parameters.range;
}

}  // namespace

Definition out_of_range() {
    Definition definition;
    definition.name = "out_of_range";
    definition.summary = "share of a numeric column's values outside the range";
    definition.formula =
        "#{values of the candidate below or above the range}/#{values}; the range is `range: "
        "{min: A, max: B}`, else the baseline's smallest to largest value, outside of which about "
        "2 of n + 1 new values fall by chance (n values at the baseline); empty cells are none";
    definition.direction = Direction::lower_is_better;
    ColumnForm form{find_outside, needs_baseline, takes_range};
    form.same_type = true;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
