#include "metrics/definitions.h"
#include "metrics/rank_groups.h"

namespace metricgate::metrics {

Definition roc_auc() {
    RanksForm form;
    form.value = area_under_roc;
    form.auc_scale = 1.0;
    Definition definition;
    definition.name = "roc_auc";
    definition.summary = "chance that a positive example scores above a negative one";
    definition.formula =
        "P(score of a positive > score of a negative) + P(equal) / 2; undefined without examples "
        "of both classes";
    definition.needs = label_class | positive_score | positive_class;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
