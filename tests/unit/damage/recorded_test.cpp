// Recorded numbers and runs made worse.
#include <cmath>
#include <limits>

#include "damage/recorded.h"
#include "metrics/catalog.h"
#include "support/catch.h"

using namespace metricgate;

namespace {

evidence::Scalar scalar(double value) {
    evidence::Scalar result;
    result.value = {support::NumberKind::finite, value};
    return result;
}

metrics::Metric accuracy() {
    metrics::Metric metric;
    metric.definition = metrics::find("accuracy");
    metric.name = "accuracy";
    return metric;
}

metrics::Metric unknown(metrics::Direction direction) {
    metrics::Metric metric;
    metric.name = "throughput";
    metric.direction = direction;
    return metric;
}

}  // namespace

TEST_CASE("a recorded number loses what it is told, within its range", "[damage]") {
    CHECK(damage::moved(accuracy(), scalar(0.875), true, 0.25).value.value == 0.625);
    CHECK(damage::moved(accuracy(), scalar(0.875), true, 2.0).value.value == 0.0);
    CHECK(damage::moved(accuracy(), scalar(0.875), false, 2.0).value.value == 1.0);
    // An accuracy in percent is an error of its own; damage does not hide it.
    CHECK(damage::moved(accuracy(), scalar(87.5), true, 10.0).value.value == 87.5);
}

TEST_CASE("a positive number of an unknown metric stays above 0, another does not", "[damage]") {
    using enum metrics::Direction;
    CHECK(damage::moved(unknown(higher_is_better), scalar(5), true, 100).value.value == 0.0);
    CHECK(damage::moved(unknown(lower_is_better), scalar(5), true, 100).value.value == 105.0);
    CHECK(damage::moved(unknown(higher_is_better), scalar(-5), true, 100).value.value == -105.0);
}

TEST_CASE("what is known of a number's uncertainty stays", "[damage]") {
    evidence::Scalar before = scalar(0.9);
    before.n = 300;
    before.standard_error = support::ParsedNumber{support::NumberKind::finite, 0.01};
    const evidence::Scalar after = damage::moved(accuracy(), before, true, 0.1);
    CHECK(after.n == before.n);
    CHECK(after.standard_error->value == 0.01);
}

TEST_CASE("counted events stay whole", "[damage]") {
    evidence::Scalar before = scalar(0.5);
    before.events = 10;
    before.exposure = 20.0;
    const evidence::Scalar after =
        damage::moved(unknown(metrics::Direction::lower_is_better), before, true, 0.26);
    CHECK(after.events == 15U);
    CHECK(after.value.value == 0.75);
}

TEST_CASE("runs get worse whatever their order", "[damage]") {
    evidence::Samples one;
    one.values = {0.9, 0.8, 0.85};
    evidence::Samples other;
    other.values = {0.8, 0.85, 0.9};
    const auto worse = damage::moved(accuracy(), one, true, 0.5);
    const auto same = damage::moved(accuracy(), other, true, 0.5);
    CHECK(worse.values[0] == same.values[2]);
    CHECK(worse.values[1] == same.values[0]);
    CHECK(worse.values[2] == same.values[1]);
    CHECK(damage::bounded(accuracy(), one));
    for (const double value : damage::moved(accuracy(), one, true, 1.0).values) {
        CHECK(value == 0.0);
    }
    evidence::Samples times;
    times.values = {10, 11, 12};
    CHECK_FALSE(damage::bounded(unknown(metrics::Direction::lower_is_better), times));
    CHECK(damage::moved(unknown(metrics::Direction::lower_is_better), times, true, 1.0).values[0] >
          17.0);
}
