#include "metrics/column_checks.h"
#include "metrics/definitions.h"
#include "stats/kolmogorov_smirnov.h"

namespace metricgate::metrics {
namespace {

Distance distance_of(const std::vector<double>& baseline, const std::vector<double>& candidate,
                     const ColumnParameters& /*parameters*/, double tail) {
    const std::size_t n = baseline.size();
    const std::size_t m = candidate.size();
    const double distance = stats::ks_distance(baseline, candidate);
    return {distance,
            {stats::ks_mean(n, m), stats::ks_critical(tail, n, m), stats::ks_p(distance, n, m)}};
}

ColumnFinding find_ks(const evidence::ColumnSides& sides, const ColumnParameters& parameters,
                      const ColumnChance& chance) {
    return find_between_values(sides, parameters, chance, distance_of);
}

}  // namespace

Definition ks_drift() {
    Definition definition;
    definition.name = "ks_drift";
    definition.summary =
        "Kolmogorov-Smirnov distance of a numeric column between the sides, 0 to 1";
    definition.formula =
        "largest |F - G| of the empirical distribution functions; empty cells are left out; the p "
        "is exact up to 10,000 values a side, else Kolmogorov's limit, and does not decide";
    definition.direction = Direction::lower_is_better;
    definition.form = ColumnForm{find_ks, always_needs_baseline, takes_type, true};
    return definition;
}

}  // namespace metricgate::metrics
