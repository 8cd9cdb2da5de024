#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "metrics/cells.h"
#include "stats/exact_sum.h"

namespace metricgate::metrics {
namespace {

using evidence::Codes;
using evidence::Rows;

/// Label, baseline's and candidate's prediction of one example.
using Triple = std::array<std::uint32_t, 3>;

/// Tables up to these sizes are counted in place; larger ones by sorting, since nearly all of their
/// cells are empty. An exact sum is 70 times the size of a count.
constexpr std::size_t largest_table = 1U << 18;
constexpr std::size_t largest_weighted_table = 1U << 12;

class Triples {
public:
    Triples(const evidence::Examples& examples, bool with_baseline, bool with_candidate)
        : m_columns{
              codes_of(examples.label),
              with_baseline ? codes_of(examples.side(evidence::Side::baseline).predicted_class)
                            : nullptr,
              with_candidate ? codes_of(examples.side(evidence::Side::candidate).predicted_class)
                             : nullptr} {}

    [[nodiscard]] Triple at(std::size_t row) const {
        Triple triple{};
        for (std::size_t part = 0; part < triple.size(); ++part) {
            triple[part] = m_columns[part] == nullptr ? 0U : (*m_columns[part])[row];
        }
        return triple;
    }

private:
    static const Codes* codes_of(const std::optional<evidence::CategoryColumn>& column) {
        return column ? &column->codes : nullptr;
    }
    std::array<const Codes*, 3> m_columns;
};

JointCell joint(const Triple& triple, std::uint64_t count, double weight) {
    return {triple[0], triple[1], triple[2], count, weight};
}

/// Nothing when a code is not below `side`.
std::optional<std::vector<JointCell>> tally_in_table(const Triples& triples,
                                                     const evidence::Examples& examples,
                                                     const Rows& rows, std::size_t side) {
    const std::size_t size = side * side * side;
    std::vector<std::uint64_t> counts(size, 0);
    std::vector<stats::ExactSum> sums(examples.weight ? size : 0);
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const Triple triple = triples.at(rows[at]);
        if (std::max({triple[0], triple[1], triple[2]}) >= side) {
            return std::nullopt;
        }
        const std::size_t cell = (triple[0] * side + triple[1]) * side + triple[2];
        ++counts[cell];
        if (examples.weight) {
            sums[cell].add(examples.weight->values[rows[at]]);
        }
    }
    std::vector<JointCell> cells;
    for (std::size_t cell = 0; cell < size; ++cell) {
        if (counts[cell] > 0) {
            const Triple triple = {static_cast<std::uint32_t>(cell / side / side),
                                   static_cast<std::uint32_t>(cell / side % side),
                                   static_cast<std::uint32_t>(cell % side)};
            cells.push_back(
                joint(triple, counts[cell],
                      examples.weight ? sums[cell].value() : static_cast<double>(counts[cell])));
        }
    }
    return cells;
}

std::vector<JointCell> tally_by_sorting(const Triples& triples, const evidence::Examples& examples,
                                        const Rows& rows) {
    struct Placed {
        Triple triple;
        std::uint32_t row;
    };
    std::vector<Placed> placed(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        placed[at] = {triples.at(rows[at]), static_cast<std::uint32_t>(rows[at])};
    }
    std::sort(placed.begin(), placed.end(),
              [](const Placed& a, const Placed& b) { return a.triple < b.triple; });
    std::vector<JointCell> cells;
    for (std::size_t begin = 0; begin < placed.size();) {
        stats::ExactSum sum;
        std::size_t end = begin;
        for (; end < placed.size() && placed[end].triple == placed[begin].triple; ++end) {
            if (examples.weight) {
                sum.add(examples.weight->values[placed[end].row]);
            }
        }
        cells.push_back(joint(placed[begin].triple, end - begin,
                              examples.weight ? sum.value() : static_cast<double>(end - begin)));
        begin = end;
    }
    return cells;
}

}  // namespace

std::vector<JointCell> tally(const evidence::Examples& examples, const Rows& rows,
                             bool with_baseline, bool with_candidate) {
    const Triples triples(examples, with_baseline, with_candidate);
    const std::size_t limit = examples.weight ? largest_weighted_table : largest_table;
    const std::size_t side = std::max<std::size_t>(1, examples.classes.size());
    if (side <= 64 && side * side * side <= limit) {
        if (auto cells = tally_in_table(triples, examples, rows, side)) {
            return std::move(*cells);
        }
    }
    return tally_by_sorting(triples, examples, rows);
}

std::vector<JointCell> joint_cells(const evidence::Examples& examples, const Rows& rows) {
    return tally(examples, rows, true, true);
}

Confusion confusion_of(const std::vector<JointCell>& cells, const std::vector<double>& mass,
                       evidence::Side side, std::size_t classes) {
    Confusion confusion;
    confusion.classes = classes;
    confusion.mass.assign(classes * classes, 0.0);
    for (std::size_t at = 0; at < cells.size() && at < mass.size(); ++at) {
        const std::size_t predicted =
            side == evidence::Side::baseline ? cells[at].baseline : cells[at].candidate;
        if (cells[at].label < classes && predicted < classes) {
            confusion.mass[cells[at].label * classes + predicted] += mass[at];
        }
    }
    return confusion;
}

}  // namespace metricgate::metrics
