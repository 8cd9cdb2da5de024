// Areas under the ROC curve of binormal scores.
#include "calibration/cells.h"
#include "calibration/evidence.h"
#include "support/number.h"

namespace metricgate::calibration {
namespace {

Cell auc_cell(double auc, double loss, std::size_t n, std::size_t positives) {
    const ScoreModel model{.n = n, .positives = positives, .auc = auc, .candidate_auc = auc - loss};
    return {.evidence =
                "AUC " + support::format_short(auc) + " to " + support::format_short(auc - loss),
            .method = "delong",
            .size = std::to_string(n) + ", " + std::to_string(positives) + " positive",
            .truth = -loss,
            .trial = [=](Random& random) {
                return std::vector{
                    judge_examples(metric("roc_auc"), draw_scores(random, model), loss, 0)};
            }};
}

}  // namespace

std::vector<Cell> auc_cells() {
    std::vector<Cell> cells;
    for (const auto& [auc, loss] :
         {std::pair(0.85, 0.03), std::pair(0.95, 0.02), std::pair(0.99, 0.01)}) {
        for (const auto& [n, positives] :
             {std::pair(50U, 25U), std::pair(200U, 20U), std::pair(200U, 30U),
              std::pair(200U, 100U), std::pair(1000U, 50U), std::pair(1000U, 100U),
              std::pair(1000U, 500U)}) {
            cells.push_back(auc_cell(auc, loss, n, positives));
        }
    }
    return cells;
}

}  // namespace metricgate::calibration
