#include "metrics/column_bins.h"
#include "metrics/column_checks.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

ColumnFinding find_total_variation(const evidence::ColumnSides& sides,
                                   const ColumnParameters& parameters, const ColumnChance& chance) {
    return find_binned(sides, parameters, chance, stats::total_variation);
}

}  // namespace

Definition total_variation() {
    Definition definition;
    definition.name = "total_variation";
    definition.summary = "share of a column's values that would have to move to undo the drift";
    definition.formula = "half the sum of |a - e| over the shares; bins as for psi";
    definition.direction = Direction::lower_is_better;
    definition.form =
        ColumnForm{find_total_variation, always_needs_baseline, takes_type | takes_bins, true};
    return definition;
}

}  // namespace metricgate::metrics
