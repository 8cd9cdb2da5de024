// Columns whose two sides come from one distribution: how often the noise level is exceeded.
#include "calibration/cells.h"
#include "evidence/observed_column.h"

namespace metricgate::calibration {
namespace {

using Draw = double (*)(Random&);

evidence::ObservedColumn draw_column(Random& random, std::size_t n, Draw draw) {
    evidence::ObservedColumn column;
    column.rows = n;
    for (std::size_t i = 0; i < n; ++i) {
        column.numbers.push_back(draw(random));
    }
    return column;
}

Cell cell(const char* name, const char* size, Draw draw, std::size_t n) {
    return {.evidence = name,
            .method = size,
            .size = std::to_string(n),
            .goal = Goal::no_drift,
            .trial = [=](Random& random) {
                evidence::ColumnSides sides;
                sides.baseline = draw_column(random, n, draw);
                sides.candidate = draw_column(random, n, draw);
                return std::vector{judge_columns(metric(size), sides, 0.1, random.seed())};
            }};
}

}  // namespace

std::vector<Cell> drift_cells() {
    const Draw normal = [](Random& random) { return random.normal(); };
    const Draw counts = [](Random& random) { return static_cast<double>(random.below(5)); };
    std::vector<Cell> cells;
    for (const char* size : {"psi", "ks_drift"}) {
        for (const std::size_t n : {200U, 1000U}) {
            cells.push_back(cell("normal", size, normal, n));
            cells.push_back(cell("five values", size, counts, n));
        }
    }
    return cells;
}

}  // namespace metricgate::calibration
