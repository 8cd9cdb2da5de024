#include "calibration/evidence.h"

#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "stats/distributions.h"

namespace metricgate::calibration {
namespace {

using evidence::Examples;

evidence::NumberColumn column(std::vector<double> values) {
    evidence::NumberColumn result;
    result.values = std::move(values);
    return result;
}

Examples empty_binary(std::size_t n) {
    Examples examples;
    examples.rows = n;
    examples.classes = {"0", "1"};
    examples.positive = 1;
    examples.label.emplace();
    return examples;
}

/// Adds an example on whose label the sides are right or wrong.
void add_example(Examples& examples, std::uint32_t label, bool baseline_right,
                 bool candidate_right) {
    examples.label->codes.push_back(label);
    examples.sides[0].predicted_class->codes.push_back(baseline_right ? label : 1 - label);
    examples.sides[1].predicted_class->codes.push_back(candidate_right ? label : 1 - label);
}

Examples empty_predictions(std::size_t n) {
    Examples examples = empty_binary(n);
    for (evidence::SideColumns& side : examples.sides) {
        side.predicted_class.emplace();
    }
    return examples;
}

/// Separation of two unit normals with that area under the curve.
double separation(double auc) {
    return std::sqrt(2.0) * stats::normal_quantile(auc);
}

}  // namespace

Examples draw_outcomes(Random& random, std::size_t n, const OutcomeModel& model) {
    Examples examples = empty_predictions(n);
    const double gains = 0.5 * (model.discordant + model.change);
    const double losses = 0.5 * (model.discordant - model.change);
    for (std::size_t i = 0; i < n; ++i) {
        const double u = random.uniform();
        const bool gained = u < gains;
        const bool lost = !gained && u < gains + losses;
        const bool both_wrong = !gained && !lost && u < losses + model.error;
        add_example(examples, i % 2 == 0 ? 0 : 1, !gained && !both_wrong, !lost && !both_wrong);
    }
    return examples;
}

void append(Examples& examples, const Examples& more) {
    for (std::size_t i = 0; i < more.rows; ++i) {
        examples.label->codes.push_back(more.label->codes[i]);
        for (std::size_t side = 0; side < 2; ++side) {
            examples.sides[side].predicted_class->codes.push_back(
                more.sides[side].predicted_class->codes[i]);
        }
    }
    examples.rows += more.rows;
}

std::vector<Examples> draw_related_outcomes(Random& random, std::size_t checks, std::size_t n,
                                            const OutcomeModel& model, double correlation) {
    const double most_lost = stats::normal_quantile(0.5 * (model.discordant - model.change));
    const double least_gained =
        stats::normal_quantile(1.0 - 0.5 * (model.discordant + model.change));
    const double common_part = std::sqrt(correlation);
    const double own_part = std::sqrt(1.0 - correlation);
    std::vector<Examples> result;
    for (std::size_t check = 0; check < checks; ++check) {
        result.push_back(empty_predictions(n));
    }
    for (std::size_t i = 0; i < n; ++i) {
        const double common = random.normal();
        for (Examples& examples : result) {
            const double place = common_part * common + own_part * random.normal();
            add_example(examples, i % 2 == 0 ? 0 : 1, place<least_gained, place> most_lost);
        }
    }
    return result;
}

double ClassifierModel::f1(double of_recall) const {
    const auto positive = static_cast<double>(positives);
    const double hits = positive * of_recall;
    const double alarms = false_alarms * (static_cast<double>(n) - positive);
    return 2.0 * hits / (hits + alarms + positive);
}

Examples draw_classifier(Random& random, const ClassifierModel& model) {
    Examples examples = empty_predictions(model.n);
    for (std::size_t i = 0; i < model.n; ++i) {
        const bool positive = i < model.positives;
        const double first = random.uniform();
        const double second = random.chance(model.sharing) ? first : random.uniform();
        const double baseline = positive ? model.recall : 1.0 - model.false_alarms;
        const double candidate = positive ? model.candidate_recall : 1.0 - model.false_alarms;
        add_example(examples, positive ? 1 : 0, first < baseline, second < candidate);
    }
    return examples;
}

// The area below precision over recall, by the midpoint rule over the threshold.
double ScoreModel::average_precision(double of_auc) const {
    const double shift = separation(of_auc);
    const double share = static_cast<double>(positives) / static_cast<double>(n);
    constexpr int steps = 20000;
    constexpr double highest = 12.0;
    constexpr double step = 2.0 * highest / steps;
    double area = 0.0;
    double recall = 0.0;
    for (int i = 0; i < steps; ++i) {
        const double threshold = highest - (i + 1) * step;
        const double next = stats::normal_cdf(shift - threshold);
        const double middle = threshold + 0.5 * step;
        const double hits = share * stats::normal_cdf(shift - middle);
        const double alarms = (1.0 - share) * stats::normal_cdf(-middle);
        if (hits + alarms > 0.0) {
            area += (next - recall) * hits / (hits + alarms);
        }
        recall = next;
    }
    return area;
}

Examples draw_scores(Random& random, const ScoreModel& model) {
    Examples examples = empty_binary(model.n);
    const std::array shifts = {separation(model.auc), separation(model.candidate_auc)};
    const double common_part = std::sqrt(model.correlation);
    const double own_part = std::sqrt(1.0 - model.correlation);
    std::array<std::vector<double>, 2> scores;
    for (std::size_t i = 0; i < model.n; ++i) {
        const bool positive = i < model.positives;
        examples.label->codes.push_back(positive ? 1 : 0);
        const double common = random.normal();
        for (std::size_t side = 0; side < 2; ++side) {
            scores[side].push_back(common_part * common + own_part * random.normal() +
                                   (positive ? shifts[side] : 0.0));
        }
    }
    for (std::size_t side = 0; side < 2; ++side) {
        examples.sides[side].score = column(std::move(scores[side]));
    }
    return examples;
}

Examples with_values(std::vector<double> baseline, std::vector<double> candidate) {
    Examples examples;
    examples.rows = baseline.size();
    examples.sides[0].values["value"] = column(std::move(baseline));
    examples.sides[1].values["value"] = column(std::move(candidate));
    return examples;
}

Examples with_errors(std::vector<double> baseline, std::vector<double> candidate) {
    Examples examples;
    examples.rows = baseline.size();
    examples.target = column(std::vector<double>(baseline.size(), 0.0));
    examples.sides[0].predicted_number = column(std::move(baseline));
    examples.sides[1].predicted_number = column(std::move(candidate));
    return examples;
}

void number_rows(Examples& examples) {
    evidence::IdColumn ids;
    for (std::size_t i = 0; i < examples.rows; ++i) {
        ids.push_back(std::to_string(i));
    }
    examples.ids = std::move(ids);
}

void set_clusters(Examples& examples, const std::vector<std::size_t>& sizes) {
    evidence::CategoryColumn clusters;
    for (std::size_t code = 0; code < sizes.size(); ++code) {
        clusters.names.push_back(std::to_string(code));
        for (std::size_t i = 0; i < sizes[code]; ++i) {
            clusters.codes.push_back(static_cast<std::uint32_t>(code));
        }
    }
    examples.cluster = std::move(clusters);
}

}  // namespace metricgate::calibration
