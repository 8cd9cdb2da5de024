// Every metric that examples give has a damage that makes it worse: a metric without one could not
// be self-tested.
#include <cmath>

#include "damage/catalog.h"
#include "damage/places.h"
#include "metrics/catalog.h"
#include "metrics/evaluate.h"
#include "stats/random.h"
#include "support/catch.h"
#include "unit/damage/damaged.h"

using namespace metricgate;

TEST_CASE("every metric of the catalog gets worse under its damage", "[damage]") {
    for (const metrics::Definition* each : test::metrics_of_examples()) {
        const metrics::Definition& definition = *each;
        CAPTURE(std::string(definition.name));
        const metrics::Metric metric = test::metric_of(definition);
        evidence::Examples examples = test::everything(definition, 400);
        metrics::Metric resolved = metric;
        REQUIRE(metrics::resolve(resolved, examples).empty());
        const damage::Kind* kind = damage::find(resolved, examples);
        REQUIRE(kind != nullptr);
        const double before = test::value_of(resolved, examples);
        const std::vector<double> places = damage::places_of(examples, 0);
        kind->apply(resolved, examples, {damage::Toward::worse, 0.25, &places});
        const double after = test::value_of(resolved, examples);
        CHECK(resolved.orientation() * (after - before) < 0.0);
    }
}

TEST_CASE("damage depends on ids and the seed, not on the order of rows", "[damage]") {
    for (const metrics::Definition* each : test::metrics_of_examples()) {
        const metrics::Definition& definition = *each;
        CAPTURE(std::string(definition.name));
        metrics::Metric metric = test::metric_of(definition);
        evidence::Examples straight = test::everything(definition, 120);
        evidence::Examples reversed = test::everything(definition, 120, true);
        REQUIRE(metrics::resolve(metric, straight).empty());
        const damage::Kind* kind = damage::find(metric, straight);
        REQUIRE(kind != nullptr);
        const std::vector<double> places = damage::places_of(straight, 3);
        const std::vector<double> turned = damage::places_of(reversed, 3);
        kind->apply(metric, straight, {damage::Toward::worse, 0.3, &places});
        kind->apply(metric, reversed, {damage::Toward::worse, 0.3, &turned});
        CHECK(test::value_of(metric, straight) == test::value_of(metric, reversed));
    }
}

TEST_CASE("a second damage replaces the first", "[damage]") {
    const metrics::Definition& definition = *metrics::find("accuracy");
    metrics::Metric metric = test::metric_of(definition);
    evidence::Examples examples = test::everything(definition, 100);
    REQUIRE(metrics::resolve(metric, examples).empty());
    const damage::Kind* kind = damage::find(metric, examples);
    const std::vector<double> places = damage::places_of(examples, 0);
    const double before = test::value_of(metric, examples);
    kind->apply(metric, examples, {damage::Toward::worse, 1.0, &places});
    CHECK(test::value_of(metric, examples) == 0.0);
    kind->apply(metric, examples, {damage::Toward::worse, 0.0, &places});
    CHECK(test::value_of(metric, examples) == before);
}
