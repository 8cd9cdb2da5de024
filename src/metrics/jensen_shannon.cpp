#include "metrics/column_bins.h"
#include "metrics/column_checks.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

ColumnFinding find_jensen_shannon(const evidence::ColumnSides& sides,
                                  const ColumnParameters& parameters, const ColumnChance& chance) {
    return find_binned(sides, parameters, chance, stats::jensen_shannon_distance);
}

}  // namespace

Definition jensen_shannon() {
    Definition definition;
    definition.name = "jensen_shannon";
    definition.summary = "Jensen-Shannon distance of a column between the sides, 0 to 1";
    definition.formula =
        "sqrt of the mean Kullback-Leibler divergence, in bits, of both sides' shares from their "
        "mean; bins as for psi, no rule for empty ones is needed";
    definition.direction = Direction::lower_is_better;
    definition.form =
        ColumnForm{find_jensen_shannon, always_needs_baseline, takes_type | takes_bins, true};
    return definition;
}

}  // namespace metricgate::metrics
