#include "comparison/part_sums.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "comparison/columns.h"
#include "comparison/units.h"
#include "metrics/evaluate.h"

namespace metricgate::comparison {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

/// The cells that the parts cut the rows into: rows of one cell belong to the same parts.
struct Cells {
    std::vector<std::uint32_t> of_row;
    std::vector<std::vector<std::uint32_t>> parts_of_cell = {{}};
};

Cells cells_of_parts(std::size_t rows, const std::vector<Rows>& parts) {
    Cells cells;
    cells.of_row.assign(rows, 0);
    for (std::uint32_t part = 0; part < parts.size(); ++part) {
        // Each cell that the part meets is split into what is in the part and what is not.
        std::map<std::uint32_t, std::uint32_t> split;
        for (std::size_t i = 0; i < parts[part].size(); ++i) {
            std::uint32_t& cell = cells.of_row[parts[part][i]];
            const auto fresh = static_cast<std::uint32_t>(cells.parts_of_cell.size());
            const auto [found, added] = split.try_emplace(cell, fresh);
            if (added) {
                auto inside = cells.parts_of_cell[cell];
                inside.push_back(part);
                cells.parts_of_cell.push_back(std::move(inside));
            }
            cell = found->second;
        }
    }
    return cells;
}

/// Positions into `all`, those of one unit together.
std::vector<std::uint32_t> by_unit(const Units& units, std::size_t count) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    if (!units.of_row.empty()) {
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            return units.of(a) < units.of(b);
        });
    }
    return order;
}

}  // namespace

ExampleTerms example_terms(const metrics::Metric& metric, const Examples& examples,
                           const Rows& rows) {
    ExampleTerms terms;
    terms.baseline.assign(examples.rows, 0.0);
    terms.candidate.assign(examples.rows, 0.0);
    terms.weights.assign(examples.rows, 0.0);
    const bool outcome = metrics::is_outcome(metric);
    const Rows counting = outcome ? rows_that_count(metric, examples, rows) : rows;
    for (const Side side : {Side::baseline, Side::candidate}) {
        std::vector<double> values;
        if (outcome) {
            values = outcomes_of(metric, examples, side, counting);
        } else {
            metrics::Terms found = metrics::terms_of(metric, examples, side, counting);
            if (!found.problem.empty()) {
                terms.problem = std::move(found.problem);
                return terms;
            }
            values = std::move(found.values);
        }
        auto& into = side == Side::baseline ? terms.baseline : terms.candidate;
        for (std::size_t i = 0; i < counting.size(); ++i) {
            into[counting[i]] = values[i];
        }
    }
    for (std::size_t i = 0; i < counting.size(); ++i) {
        const std::size_t row = counting[i];
        terms.weights[row] = examples.weight ? examples.weight->values[row] : 1.0;
    }
    return terms;
}

stats::SignedAmounts signed_amounts(const ExampleTerms& terms, const Examples& examples,
                                    const Rows& all, const std::vector<Rows>& parts,
                                    double orientation) {
    const Units units = units_of(examples, all);
    const auto amount = [&](std::size_t row) {
        return orientation * terms.weights[row] * (terms.candidate[row] - terms.baseline[row]);
    };
    double largest = 0.0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        largest = std::max(largest, std::abs(amount(all[i])));
    }
    const FixedPoint scale(largest, all.size());
    const Cells cells = cells_of_parts(examples.rows, parts);
    stats::SignedAmounts result;
    result.hashes = units.hashes;
    result.parts = parts.size();
    // Only cells with an example that differs between the sides cost anything.
    constexpr std::uint32_t unused = UINT32_MAX;
    std::vector<std::uint32_t> renumbered(cells.parts_of_cell.size(), unused);
    for (const std::uint32_t i : by_unit(units, all.size())) {
        const std::size_t row = all[i];
        const std::int64_t fixed = scale.of(amount(row));
        if (fixed == 0) {
            continue;
        }
        std::uint32_t& cell = renumbered[cells.of_row[row]];
        if (cell == unused) {
            cell = static_cast<std::uint32_t>(result.parts_of_cell.size());
            result.parts_of_cell.push_back(cells.parts_of_cell[cells.of_row[row]]);
        }
        result.entries.push_back({static_cast<std::uint32_t>(units.of(i)), cell, fixed});
    }
    return result;
}

}  // namespace metricgate::comparison
