#include "metrics/column_checks.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

Value rate_of(const evidence::ObservedColumn& column) {
    if (column.rows == 0) {
        return Value::undefined("the column has no rows");
    }
    return Value::of(static_cast<double>(column.missing.count + column.non_finite.count) /
                     static_cast<double>(column.rows));
}

ColumnFinding find_missing(const evidence::ColumnSides& sides, const ColumnParameters& /*unused*/,
                           const ColumnChance& /*chance*/) {
    ColumnFinding finding;
    finding.candidate = rate_of(*sides.candidate);
    finding.candidate_n = sides.candidate->rows;
    if (sides.baseline) {
        finding.baseline = rate_of(*sides.baseline);
        finding.baseline_n = sides.baseline->rows;
    }
    return finding;
}

}  // namespace

Definition missing_rate() {
    Definition definition;
    definition.name = "missing_rate";
    definition.summary = "share of a column's cells that hold no usable value";
    definition.formula =
        "(empty cells, nulls, NaN and infinities)/rows; `max` limits the candidate's rate, a "
        "margin its rise over the baseline's";
    definition.direction = Direction::lower_is_better;
    ColumnForm form{find_missing, never_needs_baseline, 0};
    form.is_share = true;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
