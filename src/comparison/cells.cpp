#include "comparison/cells.h"

#include "metrics/cells.h"

namespace metricgate::comparison {

std::vector<metrics::JointCell> cells_of(const evidence::Examples& examples, const BothSides& sides,
                                         const evidence::Rows& rows) {
    if (sides == both_sides) {
        return metrics::joint_cells(examples, rows);
    }
    const bool baseline = sides[0] == evidence::Side::baseline;
    std::vector<metrics::JointCell> cells = metrics::tally(examples, rows, baseline, !baseline);
    for (metrics::JointCell& cell : cells) {
        (baseline ? cell.candidate : cell.baseline) = baseline ? cell.baseline : cell.candidate;
        cell.weight = static_cast<double>(cell.count);
    }
    return cells;
}

}  // namespace metricgate::comparison
