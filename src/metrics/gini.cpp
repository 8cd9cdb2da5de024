#include "metrics/definitions.h"
#include "metrics/rank_groups.h"

namespace metricgate::metrics {
namespace {

Value twice_area_minus_one(const Ranked& ranked) {
    Value area = area_under_roc(ranked);
    return area.defined() ? Value::of(2.0 * area.number() - 1.0) : area;
}

}  // namespace

Definition gini() {
    RanksForm form;
    form.value = twice_area_minus_one;
    form.auc_scale = 2.0;
    form.auc_shift = -1.0;
    Definition definition;
    definition.name = "gini";
    definition.summary = "Gini coefficient of a score: 2 AUC - 1";
    definition.formula = "2 roc_auc - 1; undefined without examples of both classes";
    definition.needs = label_class | positive_score | positive_class;
    definition.form = form;
    definition.lowest = -1.0;
    return definition;
}

}  // namespace metricgate::metrics
