#include <limits>

#include "metrics/column_checks.h"
#include "metrics/definitions.h"
#include "support/text.h"

namespace metricgate::metrics {
namespace {

ColumnFinding find_mismatches(const evidence::ColumnSides& sides,
                              const ColumnParameters& parameters, const ColumnChance& /*chance*/) {
    ColumnFinding finding = start_finding(sides);
    const evidence::ObservedColumn& candidate = *sides.candidate;
    if (sides.baseline && sides.baseline->is_empty() && parameters.type == ColumnType::by_content) {
        finding.candidate = Value::undefined(
            "the baseline's column holds no value, so its type is unknown; state `type:`");
        return finding;
    }
    if (sides.baseline && sides.baseline->non_finite.count > 0 &&
        parameters.type == ColumnType::by_content) {
        finding.candidate = Value::undefined(non_finite_problem(sides));
        return finding;
    }
    if (is_numeric(sides, parameters)) {
        finding.candidate =
            Value::of(static_cast<double>(candidate.text.count + candidate.non_finite.count));
        if (candidate.non_finite.count > 0) {
            finding.remarks.push_back(
                {"type", "The column is to hold finite numbers; the first other one is '" +
                             support::visible(candidate.non_finite.text, 60) + "' at " +
                             support::describe(candidate.non_finite.first) + "."});
        }
        if (candidate.text.count > 0) {
            finding.remarks.push_back({"type", "The column holds numbers; the first text is '" +
                                                   support::visible(candidate.text.text, 60) +
                                                   "' at " +
                                                   support::describe(candidate.text.first) + "."});
        }
        return finding;
    }
    // Text may look like a number here and there; a column of nothing but numbers is another type.
    const bool turned = candidate.is_numeric() && parameters.type == ColumnType::by_content;
    finding.candidate = Value::of(turned ? static_cast<double>(finding.candidate_n) : 0.0);
    if (turned) {
        finding.remarks.push_back(
            {"type", "The column holds text at the baseline and only numbers at the candidate."});
    }
    return finding;
}

bool needs_baseline(const ColumnParameters& parameters) {
    return parameters.type == ColumnType::by_content;
}

}  // namespace

Definition type_mismatches() {
    Definition definition;
    definition.name = "type_mismatches";
    definition.summary = "number of the candidate's cells that are not of the column's type";
    definition.formula =
        "#{cells that are no finite number} where the column is numeric: by `type: numeric`, else "
        "when "
        "all of the baseline's cells are numbers; where the baseline holds text, all cells if the "
        "candidate holds nothing but numbers; empty cells are none";
    definition.direction = Direction::lower_is_better;
    definition.highest = std::numeric_limits<double>::infinity();
    definition.form = ColumnForm{find_mismatches, needs_baseline, takes_type};
    return definition;
}

}  // namespace metricgate::metrics
