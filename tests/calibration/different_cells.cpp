// Sides that are different examples.
#include "calibration/cells.h"
#include "calibration/evidence.h"
#include "support/number.h"

namespace metricgate::calibration {
namespace {

using evidence::Examples;

Cell cell(std::string evidence, const char* method, std::string size, double loss, Trial trial) {
    return {.evidence = std::move(evidence),
            .method = method,
            .size = std::move(size),
            .truth = -loss,
            .trial = std::move(trial)};
}

Cell accuracy_cell(const char* method, double error, std::size_t n) {
    constexpr double loss = 0.02;
    return cell(
        "accuracy " + support::format_short(1.0 - error), method, std::to_string(n) + " a side",
        loss, [=](Random& random) {
            const Examples before = draw_outcomes(random, n, {.error = error, .discordant = 0.0});
            const Examples now =
                draw_outcomes(random, n, {.error = error + loss, .discordant = 0.0});
            return std::vector{judge_different(metric("accuracy"), before, now, loss, 0, method)};
        });
}

Cell auc_cell(double auc, double loss, std::size_t n, std::size_t positives) {
    return cell("AUC " + support::format_short(auc) + " to " + support::format_short(auc - loss),
                "delong_unpaired",
                std::to_string(n) + " a side, " + std::to_string(positives) + " positive", loss,
                [=](Random& random) {
                    ScoreModel model{
                        .n = n, .positives = positives, .auc = auc, .candidate_auc = auc};
                    const Examples before = draw_scores(random, model);
                    model.auc = model.candidate_auc = auc - loss;
                    const Examples now = draw_scores(random, model);
                    return std::vector{judge_different(metric("roc_auc"), before, now, loss, 0)};
                });
}

/// Losses of a lognormal(1) column; the candidate's mean is larger by the margin.
Cell mean_cell(std::size_t n) {
    constexpr double loss = 0.3;
    return cell("lognormal(1) values", "welch", std::to_string(n) + " a side", loss,
                [=](Random& random) {
                    const auto draw = [&](double shift) {
                        std::vector<double> values(n);
                        for (double& value : values) {
                            value = random.lognormal(1.0) + shift;
                        }
                        return with_values(values, values);
                    };
                    const Examples before = draw(0.0);
                    const Examples now = draw(loss);
                    return std::vector{judge_different(value_mean(), before, now, loss, 0)};
                });
}

Cell f1_cell(std::size_t n, std::size_t positives) {
    ClassifierModel model{.n = n, .positives = positives};
    model.recall = model.candidate_recall = 0.8;
    ClassifierModel worse = model;
    worse.recall = worse.candidate_recall = 0.75;
    const double loss = model.f1(0.8) - model.f1(0.75);
    return cell(
        "F1, recall 0.8 to 0.75", "mover",
        std::to_string(n) + " a side, " + std::to_string(positives) + " positive", loss,
        [=](Random& random) {
            const Examples before = draw_classifier(random, model);
            const Examples now = draw_classifier(random, worse);
            return std::vector{judge_different(metric("f1"), before, now, loss, random.seed())};
        });
}

}  // namespace

std::vector<Cell> different_cells() {
    std::vector<Cell> cells;
    for (const std::size_t n : {50U, 200U, 1000U}) {
        for (const char* method : {"newcombe", "miettinen_nurminen", "mover"}) {
            cells.push_back(accuracy_cell(method, 0.05, n));
            cells.push_back(accuracy_cell(method, 0.5, n));
        }
        cells.push_back(mean_cell(n));
    }
    for (const auto& [auc, loss] : {std::pair(0.85, 0.03), std::pair(0.99, 0.01)}) {
        cells.push_back(auc_cell(auc, loss, 200, 30));
        cells.push_back(auc_cell(auc, loss, 1000, 100));
        cells.push_back(auc_cell(auc, loss, 1000, 500));
    }
    cells.push_back(f1_cell(200, 30));
    cells.push_back(f1_cell(1000, 100));
    return cells;
}

}  // namespace metricgate::calibration
