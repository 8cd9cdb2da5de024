#include <cmath>
#include <limits>

#include "metrics/metric.h"
#include "support/catch.h"

using metricgate::metrics::Value;

TEST_CASE("a finite number is a defined value", "[metrics]") {
    CHECK(Value::of(0.0).defined());
    CHECK(Value::of(-2.5).number() == -2.5);
}

TEST_CASE("a non-finite number is an undefined value", "[metrics]") {
    CHECK_FALSE(Value::of(std::nan("")).defined());
    CHECK_FALSE(Value::of(std::numeric_limits<double>::infinity()).defined());
}

TEST_CASE("an undefined value stays undefined without a reason", "[metrics]") {
    CHECK_FALSE(Value::undefined("").defined());
    CHECK(Value::undefined("no examples").reason() == "no examples");
}
