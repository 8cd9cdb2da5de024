#include <limits>

#include "metrics/definitions.h"
#include "metrics/recalibration.h"

namespace metricgate::metrics {

Definition calibration_slope() {
    RanksForm form;
    form.value = recalibration_slope;
    form.reads_scores = true;
    Definition definition;
    definition.name = "calibration_slope";
    definition.summary = "slope of the logistic recalibration of the scores, best at 1";
    definition.formula =
        "b of logit P(positive) = a + b logit(score), by maximum likelihood; below 1 the scores "
        "are too extreme, above 1 too timid; undefined with one class, equal scores, a score of 0 "
        "or 1, or when a threshold separates the classes; limits only, no margin";
    definition.needs = label_class | positive_score | positive_class;
    definition.form = form;
    definition.lowest = -std::numeric_limits<double>::infinity();
    definition.highest = std::numeric_limits<double>::infinity();
    definition.undirected = true;
    definition.no_margin = "neither direction is better, so there is no loss to compare";
    return definition;
}

}  // namespace metricgate::metrics
