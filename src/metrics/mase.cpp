#include <cmath>
#include <limits>

#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

// Hyndman and Koehler, "Another look at measures of forecast accuracy", International Journal of
// Forecasting 22, 2006.
const char* scaled_error(const ExampleInput& input, const Parameters&, double* out) {
    if (!(input.naive_error > 0.0)) {
        return input.naive_error < 0.0 ? "a naive error is an absolute error and not below 0"
                                       : "a naive error of 0 leaves nothing to compare with";
    }
    *out = std::abs(input.predicted - input.target) / input.naive_error;
    return nullptr;
}

}  // namespace

Definition mase() {
    MomentsForm form;
    form.fill = scaled_error;
    Definition definition;
    definition.name = "mase";
    definition.summary = "mean absolute error in units of the naive forecast's";
    definition.formula =
        "mean of |prediction - target| / naive_error; `naive_error` is the mean absolute error of "
        "the (seasonal) naive forecast over the training part of the example's series, the same "
        "for all of its examples; undefined when one is 0";
    definition.direction = Direction::lower_is_better;
    definition.needs = target | predicted_number | naive_column;
    definition.form = form;
    definition.highest = std::numeric_limits<double>::infinity();
    return definition;
}

}  // namespace metricgate::metrics
