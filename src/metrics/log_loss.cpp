#include <algorithm>
#include <cmath>
#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

// scikit-learn's clip since 1.2: the spacing of doubles at 1.
constexpr double clip = std::numeric_limits<double>::epsilon();
constexpr double largest_excess = 1e-6;

double clipped(double probability) {
    return std::clamp(probability, clip, 1.0 - clip);
}

bool is_probability(double score) {
    return score >= 0.0 && score <= 1.0;
}

const char* loss_of_classes(const ExampleInput& input, double* out) {
    double sum = 0.0;
    double sum_of_clipped = 0.0;
    for (const double score : input.class_scores) {
        if (!is_probability(score)) {
            return "class scores must lie in [0, 1]";
        }
        sum += score;
        sum_of_clipped += clipped(score);
    }
    if (!(std::abs(sum - 1.0) <= largest_excess)) {
        return "class scores must sum to 1 (within 1e-6)";
    }
    if (input.label >= input.class_scores.size()) {
        return "the label's class has no score";
    }
    *out = -std::log(clipped(input.class_scores[input.label]) / sum_of_clipped);
    return nullptr;
}

const char* loss(const ExampleInput& input, const Parameters&, double* out) {
    if (!input.class_scores.empty()) {
        return loss_of_classes(input, out);
    }
    if (!is_probability(input.score)) {
        return "scores must be probabilities in [0, 1]";
    }
    const double probability = clipped(input.score);
    *out = -std::log(input.positive ? probability : 1.0 - probability);
    return nullptr;
}

}  // namespace

Definition log_loss() {
    MomentsForm form;
    form.fill = loss;
    Definition definition;
    definition.name = "log_loss";
    definition.summary = "mean negative log of the probability given to the true class";
    definition.formula =
        "mean of -ln p(label), p clipped to [2.220446049250313e-16, 1 - 2.220446049250313e-16]; "
        "from the positive class's score or, where there is none, from class scores, which must "
        "sum to 1 within 1e-6 and are divided by their sum after clipping";
    definition.direction = Direction::lower_is_better;
    definition.needs = label_class | positive_score;
    definition.form = form;
    definition.highest = std::numeric_limits<double>::infinity();
    definition.takes_class_scores = true;
    return definition;
}

}  // namespace metricgate::metrics
