#pragma once

#include <cstddef>
#include <vector>

#include "calibration/random.h"
#include "evidence/examples.h"

namespace metricgate::calibration {

/// Paired 0/1 outcomes as labels and predicted classes, for accuracy.
struct OutcomeModel {
    double error = 0.05;       ///< of the baseline
    double discordant = 0.06;  ///< share of examples where exactly one side is right
    double change = 0.0;       ///< accuracy of the candidate less that of the baseline
};
evidence::Examples draw_outcomes(Random& random, std::size_t n, const OutcomeModel& model);

/// Adds the rows of `more`: labels and predicted classes.
void append(evidence::Examples& examples, const evidence::Examples& more);

/// Several checks whose outcomes go together: the discordance of an example in every check follows
/// normal numbers that correlate by `correlation`. One set of examples a check.
std::vector<evidence::Examples> draw_related_outcomes(Random& random, std::size_t checks,
                                                      std::size_t n, const OutcomeModel& model,
                                                      double correlation);

/// Binary labels with predicted classes of both sides; `sharing` is the chance that a candidate
/// errs by the same draw as the baseline.
struct ClassifierModel {
    std::size_t n = 200;
    std::size_t positives = 20;
    double recall = 0.8;         ///< of the baseline
    double false_alarms = 0.02;  ///< false positive rate, of both
    double candidate_recall = 0.8;
    double sharing = 0.7;

    /// F1 of the population with that share of positives.
    [[nodiscard]] double f1(double of_recall) const;
};
evidence::Examples draw_classifier(Random& random, const ClassifierModel& model);

/// Scores that are normal in either class (binormal), of both sides, correlated within a class.
struct ScoreModel {
    std::size_t n = 200;
    std::size_t positives = 100;
    double auc = 0.85;  ///< of the baseline
    double candidate_auc = 0.85;
    double correlation = 0.8;

    [[nodiscard]] double average_precision(double of_auc) const;
};
evidence::Examples draw_scores(Random& random, const ScoreModel& model);

/// A value column "value" of both sides.
evidence::Examples with_values(std::vector<double> baseline, std::vector<double> candidate);

/// Regression: numbers predicted with errors of the given sizes; targets are 0.
evidence::Examples with_errors(std::vector<double> baseline, std::vector<double> candidate);

/// Ids "0", "1", ... so that the weighted bootstrap can name its units.
void number_rows(evidence::Examples& examples);

/// Clusters of the given sizes, in order; the sizes sum to the number of rows.
void set_clusters(evidence::Examples& examples, const std::vector<std::size_t>& sizes);

}  // namespace metricgate::calibration
