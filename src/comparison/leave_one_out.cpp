#include "comparison/leave_one_out.h"

#include <cmath>

#include "comparison/columns.h"
#include "comparison/units.h"
#include "metrics/evaluate.h"
#include "stats/exact_sum.h"

namespace metricgate::comparison {
namespace {

/// Sums of weights and weighted terms of each unit, columns first.
struct UnitSums {
    std::size_t columns = 0;
    std::vector<stats::ExactSum> totals;
    std::vector<double> of_unit;
};

UnitSums unit_sums(const metrics::Terms& terms, const std::vector<double>& weights,
                   const Units& units, std::size_t rows) {
    UnitSums sums;
    sums.columns = terms.per_example + 1;
    sums.totals.resize(sums.columns);
    const std::size_t count = units.hashes.size();
    // Clusters add their rows up exactly, whatever the order of the rows.
    std::vector<stats::ExactSum> exact(units.of_row.empty() ? 0 : count * sums.columns);
    sums.of_unit.assign(count * sums.columns, 0.0);
    for (std::size_t i = 0; i < rows; ++i) {
        const double weight = weights.empty() ? 1.0 : weights[i];
        for (std::size_t column = 0; column < sums.columns; ++column) {
            const double amount =
                column == 0 ? weight : weight * terms.values[i * terms.per_example + column - 1];
            sums.totals[column].add(amount);
            const std::size_t at = units.of(i) * sums.columns + column;
            if (exact.empty()) {
                sums.of_unit[at] = amount;
            } else {
                exact[at].add(amount);
            }
        }
    }
    for (std::size_t at = 0; at < exact.size(); ++at) {
        sums.of_unit[at] = exact[at].value();
    }
    return sums;
}

std::string fill_side(const metrics::Metric& metric, const UnitSums& sums, std::size_t units,
                      std::vector<double>& out) {
    std::vector<double> totals;
    for (const stats::ExactSum& total : sums.totals) {
        totals.push_back(total.value());
    }
    std::vector<double> means(sums.columns - 1);
    for (std::size_t unit = 0; unit < units; ++unit) {
        const double* own = sums.of_unit.data() + unit * sums.columns;
        if (own[0] == 0.0) {
            continue;  // weighs nothing, or a cluster without rows here
        }
        const double weight = totals[0] - own[0];
        if (!(weight > 0.0)) {
            return "there are fewer than two units to leave one out";
        }
        for (std::size_t column = 1; column < sums.columns; ++column) {
            means[column - 1] = (totals[column] - own[column]) / weight;
        }
        const metrics::Value value = metrics::combine(metric, means.data());
        if (!value.defined()) {
            return "the metric is undefined when one unit is left out: " + value.reason();
        }
        out.push_back(value.number());
    }
    return {};
}

bool finite(const metrics::Terms& terms) {
    for (const double value : terms.values) {
        if (!std::isfinite(value)) {
            return false;
        }
    }
    return true;
}

}  // namespace

LeaveOneOut leave_one_out(const metrics::Metric& metric, const evidence::Examples& examples,
                          const evidence::Rows& rows) {
    const Units units = units_of(examples, rows);
    const std::vector<double> weights = weights_of(examples, rows);
    LeaveOneOut result;
    for (const evidence::Side side : {evidence::Side::baseline, evidence::Side::candidate}) {
        if (!result.problem.empty()) {
            return result;
        }
        const metrics::Terms terms = metrics::terms_of(metric, examples, side, rows);
        if (!terms.problem.empty() || !finite(terms)) {
            result.problem = terms.problem.empty() ? "a term of the metric is not a finite number"
                                                   : terms.problem;
            return result;
        }
        auto& out = side == evidence::Side::baseline ? result.baseline : result.candidate;
        result.problem = fill_side(metric, unit_sums(terms, weights, units, rows.size()),
                                   units.hashes.size(), out);
    }
    return result;
}

}  // namespace metricgate::comparison
