#include <algorithm>

#include "metrics/definitions.h"
#include "metrics/rank_groups.h"

namespace metricgate::metrics {
namespace {

Value largest_gap(const Ranked& ranked) {
    const RankGroup total = total_of(ranked);
    if (const char* reason = lacks_a_class(total)) {
        return Value::undefined(reason);
    }
    double gap = 0.0;
    RankGroup seen;
    while (seen.end < ranked.positive.size()) {
        const RankGroup group = group_at(ranked, seen.end);
        seen.positive += group.positive;
        seen.negative += group.negative;
        seen.end = group.end;
        gap = std::max(gap, seen.positive / total.positive - seen.negative / total.negative);
    }
    return Value::of(gap);
}

}  // namespace

Definition ks_separation() {
    RanksForm form;
    form.value = largest_gap;
    Definition definition;
    definition.name = "ks_separation";
    definition.summary = "largest gap between the score distributions of the two classes";
    // Not the absolute gap: a score turned upside down must not look as good as the right one.
    definition.formula =
        "max over thresholds of TPR - FPR, thresholds between distinct scores; 0 when no threshold "
        "does better than chance (an inverted score has 0, not 1); undefined without examples of "
        "both classes";
    definition.needs = label_class | positive_score | positive_class;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
