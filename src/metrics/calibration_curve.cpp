#include "metrics/calibration_curve.h"

#include "metrics/calibration_bins.h"
#include "metrics/catalog.h"
#include "metrics/used_columns.h"
#include "stats/exact_sum.h"

namespace metricgate::metrics {
namespace {

/// Exact, so that the order of rows moves no digit.
struct Bin {
    stats::ExactSum weight;
    stats::ExactSum score;
    stats::ExactSum positive;
    std::uint64_t examples = 0;
};

}  // namespace

CalibrationCurve calibration_curve(const evidence::Examples& examples, evidence::Side side,
                                   const evidence::Rows& rows, std::size_t bins) {
    CalibrationCurve curve;
    Metric metric;
    metric.definition = find("roc_auc");
    metric.name = "roc_auc";
    curve.problem = find_obstacle(metric, examples, side, rows);
    const auto& score = examples.side(side).score;
    if (curve.problem.empty() && (!examples.positive || !examples.label || !score)) {
        curve.problem = "there are no scores of a positive class";
    }
    std::vector<Bin> counted(bins);
    for (std::size_t at = 0; at < rows.size() && curve.problem.empty(); ++at) {
        const double value = score->values[rows[at]];
        if (const char* reason = refuse_probability(value)) {
            curve.problem = reason;
            break;
        }
        const double weight = examples.weight ? examples.weight->values[rows[at]] : 1.0;
        Bin& bin = counted[calibration_bin(value, bins)];
        bin.weight.add(weight);
        bin.score.add(weight * value);
        bin.positive.add(examples.label->codes[rows[at]] == *examples.positive ? weight : 0.0);
        ++bin.examples;
    }
    if (!curve.problem.empty()) {
        return curve;
    }
    for (std::size_t i = 0; i < bins; ++i) {
        const double width = static_cast<double>(bins);
        CalibrationPoint point{static_cast<double>(i) / width, static_cast<double>(i + 1) / width};
        const double weight = counted[i].weight.value();
        if (weight > 0.0) {
            point.mean_score = counted[i].score.value() / weight;
            point.share_positive = counted[i].positive.value() / weight;
            point.examples = counted[i].examples;
        }
        curve.points.push_back(point);
    }
    return curve;
}

}  // namespace metricgate::metrics
