#include "metrics/column_bins.h"
#include "metrics/column_checks.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

ColumnFinding find_chi_square(const evidence::ColumnSides& sides,
                              const ColumnParameters& parameters, const ColumnChance& chance) {
    return find_binned(sides, parameters, chance, [](auto expected, auto actual) {
        return stats::chi_square_homogeneity(expected, actual).cramers_v;
    });
}

}  // namespace

Definition chi_square() {
    Definition definition;
    definition.name = "chi_square";
    definition.summary = "Cramer's V of a column between the sides: the effect size of chi-square";
    definition.formula =
        "sqrt(X/N), X Pearson's chi-square of the table side x bin and N all rows; bins as for "
        "psi; the p of X is shown and does not decide";
    definition.direction = Direction::lower_is_better;
    definition.form =
        ColumnForm{find_chi_square, always_needs_baseline, takes_type | takes_bins, true};
    return definition;
}

}  // namespace metricgate::metrics
