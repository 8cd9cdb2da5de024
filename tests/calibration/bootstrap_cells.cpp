// What is resampled: F1 from joint counts; RMSE, average precision and clustered AUC by weights.
#include <cmath>

#include "calibration/cells.h"
#include "calibration/evidence.h"
#include "stats/distributions.h"

namespace metricgate::calibration {
namespace {

std::string size_of(std::size_t n, std::size_t positives) {
    return std::to_string(n) + ", " + std::to_string(positives) + " positive";
}

Cell f1_cell(std::size_t n, std::size_t positives) {
    const ClassifierModel model{.n = n, .positives = positives, .candidate_recall = 0.75};
    const double loss = model.f1(model.recall) - model.f1(model.candidate_recall);
    return {.evidence = "F1, recall 0.8 to 0.75",
            .method = "count_bootstrap",
            .size = size_of(n, positives),
            .truth = -loss,
            .trial = [=](Random& random) {
                return std::vector{judge_examples(metric("f1"), draw_classifier(random, model),
                                                  loss, random.seed())};
            }};
}

/// The same where examples weigh differently.
Cell weighted_f1_cell(std::size_t n, std::size_t positives) {
    const ClassifierModel model{
        .n = n, .positives = positives, .candidate_recall = 0.75, .sharing = 0.4};
    const double loss = model.f1(model.recall) - model.f1(model.candidate_recall);
    return {.evidence = "F1, recall 0.8 to 0.75, lognormal(0.5) weights",
            .method = "weighted_bootstrap",
            .size = size_of(n, positives),
            .truth = -loss,
            .trial = [=](Random& random) {
                evidence::Examples examples = draw_classifier(random, model);
                number_rows(examples);
                examples.weight.emplace();
                for (std::size_t i = 0; i < n; ++i) {
                    examples.weight->values.push_back(random.lognormal(0.5));
                }
                return std::vector{judge_examples(metric("f1"), examples, loss, random.seed())};
            }};
}

Cell precision_cell(std::size_t n, std::size_t positives) {
    ScoreModel model{.n = n, .positives = positives, .auc = 0.9, .candidate_auc = 0.88};
    const double loss =
        model.average_precision(model.auc) - model.average_precision(model.candidate_auc);
    return {.evidence = "average precision, AUC 0.9 to 0.88",
            .method = "weighted_bootstrap",
            .size = size_of(n, positives),
            .truth = -loss,
            .trial = [=](Random& random) {
                evidence::Examples examples = draw_scores(random, model);
                number_rows(examples);
                return std::vector{
                    judge_examples(metric("average_precision"), examples, loss, random.seed())};
            }};
}

enum class Errors { normal, heavy };

/// A standard error of prediction: normal, or one with a tenth of the errors three times as large.
double draw_error(Random& random, Errors errors) {
    const double size = errors == Errors::heavy && random.chance(0.1) ? 3.0 : 1.0;
    return size * random.normal();
}

Cell rmse_cell(Errors errors, std::size_t n) {
    constexpr double growth = 1.1;
    const double rmse = errors == Errors::heavy ? std::sqrt(0.9 + 0.1 * 9.0) : 1.0;
    const double loss = (growth - 1.0) * rmse;
    return {.evidence = errors == Errors::heavy ? "RMSE, 1 in 10 errors 3 times as large"
                                                : "RMSE, normal errors",
            .method = "weighted_bootstrap",
            .size = std::to_string(n),
            .truth = -loss,
            .trial = [=](Random& random) {
                std::vector<double> baseline(n);
                std::vector<double> candidate(n);
                for (std::size_t i = 0; i < n; ++i) {
                    baseline[i] = draw_error(random, errors);
                    // Mostly the same error, so that the sides correlate by 0.8.
                    candidate[i] =
                        growth * (random.chance(0.8) ? baseline[i] : draw_error(random, errors));
                }
                evidence::Examples examples =
                    with_errors(std::move(baseline), std::move(candidate));
                number_rows(examples);
                return std::vector{judge_examples(metric("rmse"), examples, loss, random.seed())};
            }};
}

/// Scores that share a part within clusters of 10 examples of both classes.
Cell clustered_auc_cell(std::size_t clusters) {
    constexpr double loss = 0.03;
    const std::size_t rows = 10 * clusters;
    // Scores are the model's times sqrt(0.7) plus the cluster's part, which does not separate.
    const auto before_clusters = [](double auc) {
        return stats::normal_cdf(stats::normal_quantile(auc) / std::sqrt(0.7));
    };
    const ScoreModel model{.n = rows,
                           .positives = rows / 2,
                           .auc = before_clusters(0.85),
                           .candidate_auc = before_clusters(0.85 - loss)};
    return {
        .evidence = "AUC 0.85 to 0.82, clusters of 10",
        .method = "weighted_bootstrap",
        .size = std::to_string(clusters) + " clusters",
        .truth = -loss,
        .trial = [=](Random& random) {
            evidence::Examples examples = draw_scores(random, model);
            evidence::CategoryColumn column;
            std::vector<double> common;
            for (std::size_t cluster = 0; cluster < clusters; ++cluster) {
                column.names.push_back(std::to_string(cluster));
                common.push_back(random.normal());
            }
            // Labels come sorted, so that taking turns mixes both classes in every cluster.
            for (std::size_t i = 0; i < rows; ++i) {
                column.codes.push_back(static_cast<std::uint32_t>(i % clusters));
                for (evidence::SideColumns& side : examples.sides) {
                    double& score = side.score->values[i];
                    score = std::sqrt(0.7) * score + std::sqrt(0.3) * common[i % clusters];
                }
            }
            examples.cluster = std::move(column);
            return std::vector{judge_examples(metric("roc_auc"), examples, loss, random.seed())};
        }};
}

}  // namespace

std::vector<Cell> bootstrap_cells() {
    std::vector<Cell> cells;
    for (const auto& [n, positives] :
         {std::pair(50U, 5U), std::pair(200U, 20U), std::pair(200U, 30U), std::pair(200U, 100U),
          std::pair(1000U, 30U), std::pair(1000U, 50U)}) {
        cells.push_back(f1_cell(n, positives));
    }
    for (const Errors errors : {Errors::normal, Errors::heavy}) {
        for (const std::size_t n : {50U, 200U, 1000U}) {
            cells.push_back(rmse_cell(errors, n));
            cells.back().runs = n == 1000U ? 1500 : usual_runs;
        }
    }
    for (const std::size_t positives : {20U, 30U, 100U}) {
        cells.push_back(precision_cell(200, positives));
        cells.back().runs = positives == 20U ? 500 : usual_runs;
    }
    cells.push_back(precision_cell(1000, 50));
    cells.back().runs = 1000;
    for (const auto& [n, positives] : {std::pair(200U, 100U), std::pair(1000U, 100U)}) {
        cells.push_back(weighted_f1_cell(n, positives));
        cells.back().runs = n == 1000U ? 2000 : usual_runs;
    }
    for (const std::size_t clusters : {10U, 20U}) {
        cells.push_back(clustered_auc_cell(clusters));
    }
    return cells;
}

}  // namespace metricgate::calibration
