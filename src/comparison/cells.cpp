#include "comparison/cells.h"

#include <map>

#include "comparison/columns.h"

namespace metricgate::comparison {

std::vector<metrics::JointCell> cells_of(const evidence::Examples& examples, const BothSides& sides,
                                         const evidence::Rows& rows) {
    if (sides == both_sides) {
        return metrics::joint_cells(examples, rows);
    }
    const auto& first = examples.side(sides[0]).predicted_class->codes;
    const auto& second = examples.side(sides[1]).predicted_class->codes;
    // By label, then by the two predictions: the order that is promised.
    std::map<std::array<std::uint32_t, 3>, std::uint64_t> counts;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = rows[i];
        ++counts[{examples.label->codes[row], first[row], second[row]}];
    }
    std::vector<metrics::JointCell> cells;
    for (const auto& [codes, count] : counts) {
        cells.push_back({codes[0], codes[1], codes[2], count, static_cast<double>(count)});
    }
    return cells;
}

}  // namespace metricgate::comparison
