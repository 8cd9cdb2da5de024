// Resamples of metrics of a contingency table whose examples are weighted or clustered: per unit
// the mass it adds to each joint cell.
#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "comparison/cells.h"
#include "comparison/columns.h"
#include "comparison/resample.h"
#include "comparison/units.h"
#include "metrics/evaluate.h"

namespace metricgate::comparison {
namespace {

using CellKey = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

CellKey key_of(const metrics::JointCell& cell) {
    return {cell.label, cell.baseline, cell.candidate};
}

/// The index of a row's cell among the occupied ones, which are in ascending order.
std::uint32_t cell_index(const std::vector<metrics::JointCell>& cells, const CellKey& key) {
    const auto found = std::ranges::lower_bound(cells, key, {}, key_of);
    return static_cast<std::uint32_t>(found - cells.begin());
}

struct CellUnits {
    std::vector<metrics::JointCell> cells;
    UnitAmounts units;
    FixedPoint scale{0.0, 1};
    std::size_t classes = 0;
};

/// One amount a row.
void add_rows(CellUnits& data, const std::vector<std::uint32_t>& cell_of_row,
              const std::vector<std::int64_t>& amount_of_row) {
    data.units.column = cell_of_row;
    data.units.amounts = amount_of_row;
}

/// One amount a cluster and cell.
void add_clusters(CellUnits& data, const Units& units,
                  const std::vector<std::uint32_t>& cell_of_row,
                  const std::vector<std::int64_t>& amount_of_row) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> sums;
    for (std::size_t i = 0; i < cell_of_row.size(); ++i) {
        sums[{static_cast<std::uint32_t>(units.of(i)), cell_of_row[i]}] += amount_of_row[i];
    }
    data.units.ends.assign(units.hashes.size(), 0);
    for (const auto& [place, amount] : sums) {
        data.units.column.push_back(place.second);
        data.units.amounts.push_back(amount);
        data.units.ends[place.first] = data.units.amounts.size();
    }
    // Units without rows end where the one before them does.
    for (std::size_t unit = 1; unit < data.units.ends.size(); ++unit) {
        data.units.ends[unit] = std::max(data.units.ends[unit], data.units.ends[unit - 1]);
    }
}

}  // namespace

Resampling resample_cells(const metrics::Metric& metric, const evidence::Examples& examples,
                          const evidence::Rows& rows, std::uint64_t seed, const BothSides& sides) {
    using evidence::Side;
    const Units units = units_of(examples, rows);
    const std::vector<double> weights = weights_of(examples, rows);
    auto data = std::make_shared<CellUnits>();
    data->cells = cells_of(examples, sides, rows);
    data->classes = examples.classes.size();
    data->units.hashes = units.hashes;
    data->units.columns = data->cells.size();
    const double largest = weights.empty() ? 1.0 : *std::ranges::max_element(weights);
    data->scale = FixedPoint(largest, rows.size());
    const auto& baseline = examples.side(sides[0]).predicted_class->codes;
    const auto& candidate = examples.side(sides[1]).predicted_class->codes;
    std::vector<std::uint32_t> cell_of_row(rows.size());
    std::vector<std::int64_t> amount_of_row(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = rows[i];
        cell_of_row[i] =
            cell_index(data->cells, {examples.label->codes[row], baseline[row], candidate[row]});
        amount_of_row[i] = data->scale.of(weights.empty() ? 1.0 : weights[i]);
    }
    if (units.of_row.empty()) {
        add_rows(*data, cell_of_row, amount_of_row);
    } else {
        add_clusters(*data, units, cell_of_row, amount_of_row);
    }
    return {[metric, seed, data](std::size_t first, std::size_t count, Replicates& into) {
                std::vector<std::int64_t> sums;
                std::vector<double> mass(data->cells.size());
                for (std::size_t begin = 0; begin < count; begin += tile) {
                    const std::size_t size = std::min(tile, count - begin);
                    resample_sums(data->units, seed, first + begin, size, sums);
                    for (std::size_t r = 0; r < size; ++r) {
                        for (std::size_t cell = 0; cell < mass.size(); ++cell) {
                            mass[cell] = data->scale.back(sums[cell * size + r]);
                        }
                        const auto value = [&](Side side) {
                            return metrics::value_of(
                                metric,
                                metrics::confusion_of(data->cells, mass, side, data->classes));
                        };
                        into.add(value(Side::baseline), value(Side::candidate));
                    }
                }
            },
            ""};
}

}  // namespace metricgate::comparison
