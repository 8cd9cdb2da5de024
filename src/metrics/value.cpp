#include <cmath>
#include <utility>

#include "metrics/metric.h"

namespace metricgate::metrics {

Value Value::of(double number) {
    if (!std::isfinite(number)) {
        return undefined("the result is not a finite number");
    }
    Value value;
    value.m_number = number;
    return value;
}

Value Value::undefined(std::string reason) {
    Value value;
    value.m_reason = reason.empty() ? "undefined" : std::move(reason);
    return value;
}

}  // namespace metricgate::metrics
