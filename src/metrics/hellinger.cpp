#include "metrics/column_bins.h"
#include "metrics/column_checks.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

ColumnFinding find_hellinger(const evidence::ColumnSides& sides, const ColumnParameters& parameters,
                             const ColumnChance& chance) {
    return find_binned(sides, parameters, chance, stats::hellinger);
}

}  // namespace

Definition hellinger() {
    Definition definition;
    definition.name = "hellinger";
    definition.summary = "Hellinger distance of a column between the sides, 0 to 1";
    definition.formula =
        "sqrt(half the sum of (sqrt a - sqrt e)^2) over the shares; bins as for psi";
    definition.direction = Direction::lower_is_better;
    definition.form =
        ColumnForm{find_hellinger, always_needs_baseline, takes_type | takes_bins, true};
    return definition;
}

}  // namespace metricgate::metrics
