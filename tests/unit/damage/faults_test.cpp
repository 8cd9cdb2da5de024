// Broken evidence looks as a reader would hand it on: values and the flaw that was counted.
#include <cmath>

#include "damage/faults.h"
#include "metrics/catalog.h"
#include "metrics/evaluate.h"
#include "support/catch.h"
#include "unit/damage/damaged.h"

using namespace metricgate;

namespace {

const std::vector<double> places = {0.875, 0.125, 0.375, 0.625};

metrics::Metric metric_for(const char* name, const evidence::Examples& examples) {
    metrics::Metric metric = test::metric_of(*metrics::find(name));
    REQUIRE(metrics::resolve(metric, examples).empty());
    return metric;
}

const evidence::Flaw* flaw(const metrics::Metric& metric, const evidence::Examples& examples,
                           bool missing_is_flaw) {
    const auto found = metrics::find_flaw(metric, examples, missing_is_flaw);
    return found ? found->flaw : nullptr;
}

}  // namespace

TEST_CASE("one NaN goes to the example that is damaged first", "[damage]") {
    auto examples = test::scored_examples({1, 1, 0, 0}, {0.9, 0.8, 0.1, 0.2}, {0.9, 0.8, 0.1, 0.2});
    const metrics::Metric metric = metric_for("roc_auc", examples);
    CHECK(damage::put_nan(metric, examples, places, std::nullopt).empty());
    CHECK(std::isnan(examples.side(evidence::Side::candidate).score->values[1]));
    CHECK(examples.side(evidence::Side::candidate).score->non_finite.count == 1);
    CHECK(std::isfinite(examples.side(evidence::Side::baseline).score->values[1]));
    REQUIRE(flaw(metric, examples, false) != nullptr);
    CHECK(flaw(metric, examples, false)->text == "nan");
}

TEST_CASE("a NaN in the scores that classes were cut from reaches the classes", "[damage]") {
    auto examples = test::scored_examples({1, 1, 0, 0}, {0.9, 0.8, 0.1, 0.2}, {0.9, 0.8, 0.1, 0.2});
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    const metrics::Metric metric = metric_for("accuracy", examples);
    CHECK(damage::put_nan(metric, examples, places, 0.5).empty());
    CHECK(flaw(metric, examples, false) != nullptr);
}

TEST_CASE("classes that were read as such cannot be NaN", "[damage]") {
    auto examples = test::binary_examples({1, 1, 0, 0}, {1, 1, 0, 0}, {1, 1, 0, 0});
    CHECK_FALSE(
        damage::put_nan(metric_for("accuracy", examples), examples, places, std::nullopt).empty());
}

TEST_CASE("cells become empty by share, in numbers and in classes", "[damage]") {
    auto scored = test::scored_examples({1, 1, 0, 0}, {0.9, 0.8, 0.1, 0.2}, {0.9, 0.8, 0.1, 0.2});
    const metrics::Metric auc = metric_for("roc_auc", scored);
    CHECK(damage::empty_cells(auc, scored, places, 0.5, std::nullopt).empty());
    CHECK(scored.side(evidence::Side::candidate).score->missing.count == 2);
    CHECK(metrics::without_missing(auc, scored, evidence::Rows::all(4)).size() == 2);

    auto classes = test::binary_examples({1, 1, 0, 0}, {1, 1, 0, 0}, {1, 1, 0, 0});
    const metrics::Metric accuracy = metric_for("accuracy", classes);
    CHECK(damage::empty_cells(accuracy, classes, places, 1.0, std::nullopt).empty());
    REQUIRE(flaw(accuracy, classes, true) != nullptr);
    CHECK(flaw(accuracy, classes, true)->count == 4);
    CHECK(flaw(accuracy, classes, false) == nullptr);
}

TEST_CASE("a recorded number or run becomes NaN", "[damage]") {
    evidence::Entry number{"accuracy", {}, evidence::Scalar{}, "", std::nullopt, {}};
    damage::put_nan(number);
    CHECK(std::get<evidence::Scalar>(number.evidence).value.kind ==
          support::NumberKind::not_a_number);
    evidence::Samples samples;
    samples.values = {1, 2, 3};
    evidence::Entry runs{"latency", {}, samples, "", std::nullopt, {}};
    damage::put_nan(runs);
    CHECK(std::get<evidence::Samples>(runs.evidence).flaw.has_value());
}
