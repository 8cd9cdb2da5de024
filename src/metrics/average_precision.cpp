#include "metrics/definitions.h"
#include "metrics/rank_groups.h"

namespace metricgate::metrics {
namespace {

Value step_area(const Ranked& ranked) {
    double area = 0.0;
    RankGroup seen;
    while (seen.end < ranked.positive.size()) {
        const RankGroup group = group_at(ranked, seen.end);
        seen.positive += group.positive;
        seen.negative += group.negative;
        seen.end = group.end;
        if (group.positive > 0.0) {
            area += group.positive * (seen.positive / (seen.positive + seen.negative));
        }
    }
    if (!(seen.positive > 0.0)) {
        return Value::undefined(seen.negative > 0.0 ? "no label is of the positive class"
                                                    : "no examples");
    }
    return Value::of(area / seen.positive);
}

}  // namespace

Definition average_precision() {
    RanksForm form;
    form.value = step_area;
    Definition definition;
    definition.name = "average_precision";
    definition.summary = "area under the precision-recall curve, by steps";
    definition.formula =
        "sum over thresholds of (R_i - R_(i-1)) P_i, no interpolation, tied scores as one step; "
        "undefined without positives";
    definition.needs = label_class | positive_score | positive_class;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
