#include "metrics/operating_curves.h"

#include <algorithm>

#include "metrics/catalog.h"
#include "metrics/evaluate.h"
#include "metrics/rank_groups.h"
#include "metrics/used_columns.h"

namespace metricgate::metrics {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

OperatingCurves operating_curves(const Examples& examples, Side side, const Rows& rows,
                                 std::size_t columns, std::span<const double> false_alarm_rates,
                                 std::span<const double> recalls) {
    OperatingCurves curves;
    Metric metric;
    metric.definition = find("roc_auc");
    metric.name = "roc_auc";
    curves.problem = find_obstacle(metric, examples, side, rows);
    if (curves.problem.empty() && (!examples.positive || !examples.side(side).score)) {
        curves.problem = "there are no scores of a positive class";
    }
    if (!curves.problem.empty()) {
        return curves;
    }
    const RankOrder ranks =
        examples.weight ? rank_order(examples, side, rows) : ranked_labels(examples, side, rows);
    std::vector<double> weights;
    if (examples.weight) {
        for (const std::uint32_t position : ranks.order) {
            weights.push_back(examples.weight->values[rows[position]]);
        }
    }
    const Ranked ranked{ranks.positive, ranks.ends_tie, weights, {}};
    const RankGroup total = total_of(ranked);
    if (const char* reason = lacks_a_class(total)) {
        curves.problem = reason;
        return curves;
    }
    for (const double rate : false_alarm_rates) {
        curves.recall_at.push_back({rate, 0.0});
    }
    for (const double recall : recalls) {
        curves.precision_at.push_back({recall, 0.0});
    }
    stats::ThinCurve roc(columns);
    stats::ThinCurve precision_recall(columns);
    roc.add({0.0, 0.0});
    RankGroup seen;
    for (bool first = true; seen.end < ranked.positive.size();) {
        const RankGroup group = group_at(ranked, seen.end);
        seen.positive += group.positive;
        seen.negative += group.negative;
        seen.end = group.end;
        if (!(seen.positive + seen.negative > 0.0)) {
            continue;  // only weights of 0 so far
        }
        const double recall = std::min(1.0, seen.positive / total.positive);
        const double false_alarms = std::min(1.0, seen.negative / total.negative);
        const double precision = seen.positive / (seen.positive + seen.negative);
        roc.add({false_alarms, recall});
        if (first) {
            precision_recall.add({0.0, precision});
            first = false;
        }
        precision_recall.add({recall, precision});
        for (stats::CurvePoint& point : curves.recall_at) {
            point.y = false_alarms <= point.x ? std::max(point.y, recall) : point.y;
        }
        for (stats::CurvePoint& point : curves.precision_at) {
            point.y = recall >= point.x ? std::max(point.y, precision) : point.y;
        }
    }
    curves.roc = roc.points();
    curves.precision_recall = precision_recall.points();
    return curves;
}

}  // namespace metricgate::metrics
