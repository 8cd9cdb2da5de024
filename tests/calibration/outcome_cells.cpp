// Accuracy of paired 0/1 outcomes, and two recorded accuracies.
#include "calibration/cells.h"
#include "calibration/evidence.h"
#include "support/number.h"

namespace metricgate::calibration {
namespace {

constexpr double margin = 0.02;

Cell paired(double error, std::size_t n) {
    const OutcomeModel model{.error = error, .discordant = 0.8 * error, .change = -margin};
    return {.evidence = "accuracy " + support::format_short(1.0 - error) + ", " +
                        support::format_short(100.0 * model.discordant) + " % discordant",
            .method = "tango",
            .size = std::to_string(n),
            .truth = -margin,
            .trial = [=](Random& random) {
                return std::vector{
                    judge_examples(metric("accuracy"), draw_outcomes(random, n, model), margin, 0)};
            }};
}

}  // namespace

std::vector<Cell> outcome_cells() {
    std::vector<Cell> cells;
    for (const double error : {0.05, 0.1, 0.5}) {
        for (const std::size_t n : {50U, 200U, 1000U}) {
            cells.push_back(paired(error, n));
        }
    }
    return cells;
}

}  // namespace metricgate::calibration
