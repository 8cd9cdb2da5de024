#include <bit>
#include <cmath>

#include "metrics/missing_rows.h"
#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;
using test::bound;

namespace {

std::string flawed_column(const std::string& metric, const evidence::Examples& examples,
                          bool missing_is_flaw) {
    const auto flaw = metrics::find_flaw(bound(metric), examples, missing_is_flaw);
    return flaw ? flaw->column : "none";
}

}  // namespace

TEST_CASE("a NaN score is a flaw of metrics of the score alone", "[metrics]") {
    auto examples = test::scored_examples({0, 1}, {0.1, 0.2}, {0.1, std::nan("")});
    examples.sides[0].predicted_class = test::category_column({0, 1}, false);
    examples.sides[1].predicted_class = test::category_column({0, 1}, false);
    CHECK(flawed_column("roc_auc", examples, false) == "score (candidate)");
    CHECK(flawed_column("accuracy", examples, true) == "none");
}

TEST_CASE("a missing entry is a flaw only when asked for", "[metrics]") {
    const auto examples =
        test::scored_examples({0, 1}, {0.1, evidence::missing_value()}, {0.1, 0.2});
    CHECK(flawed_column("roc_auc", examples, true) == "score (baseline)");
    CHECK(flawed_column("roc_auc", examples, false) == "none");
}

TEST_CASE("a weight that is not finite is a flaw of every metric", "[metrics]") {
    const auto examples = test::ExamplesBuilder()
                              .labels({0, 1})
                              .predictions({0, 1}, {0, 1})
                              .weights({1.0, std::nan("")})
                              .build();
    CHECK(flawed_column("accuracy", examples, false) == "weight");
}

TEST_CASE("rows with a missing entry on either side are left out", "[metrics]") {
    const double gap = evidence::missing_value();
    const auto examples =
        test::scored_examples({0, 1, 0, 1}, {0.1, gap, 0.3, 0.4}, {0.1, 0.2, gap, 0.4});
    const auto rows = metrics::without_missing(bound("roc_auc"), examples, evidence::Rows::all(4));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0] == 0);
    CHECK(rows[1] == 3);
    CHECK(metrics::evaluate(bound("roc_auc"), examples, evidence::Side::candidate, rows).number() ==
          1.0);
    const auto untouched = metrics::without_missing(
        bound("roc_auc"), test::scored_examples({0}, {0.1}, {0.1}), evidence::Rows::all(1));
    CHECK(untouched.is_all());
}

TEST_CASE("rows that lack a value are counted by side, and once however many metrics read them",
          "[metrics]") {
    const double gap = evidence::missing_value();
    auto examples = test::scored_examples({0, 1, 0, 1}, {0.1, gap, 0.3, 0.4}, {0.1, gap, gap, 0.4});
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    const auto auc = bound("roc_auc");
    const auto accuracy = bound("accuracy");
    const auto found = metrics::count_missing({&auc, &accuracy, &auc}, examples);
    CHECK(found.baseline == 1);
    CHECK(found.candidate == 2);
    CHECK(found.shared == 0);
    CHECK(metrics::count_missing({}, examples).candidate == 0);

    auto unlabelled = test::multiclass_examples(3, {0, 1, 2}, {0, 1, 1}, {0, 1, 1});
    unlabelled.classes = {"a", "b", ""};
    unlabelled.label->missing.count = 1;
    CHECK(metrics::count_missing({&accuracy}, unlabelled).shared == 1);
}

TEST_CASE("rows with an empty label are left out", "[metrics]") {
    auto examples = test::multiclass_examples(3, {0, 1, 2}, {0, 1, 1}, {0, 1, 1});
    examples.classes = {"a", "b", ""};
    examples.label->missing.count = 1;
    const auto all = evidence::Rows::all(3);
    CHECK_FALSE(
        metrics::evaluate(bound("accuracy"), examples, evidence::Side::candidate, all).defined());
    const auto rows = metrics::without_missing(bound("accuracy"), examples, all);
    REQUIRE(rows.size() == 2);
    CHECK(
        metrics::evaluate(bound("accuracy"), examples, evidence::Side::candidate, rows).number() ==
        1.0);
}

TEST_CASE("sides are identical when what the metric reads is", "[metrics]") {
    auto examples = test::scored_examples({0, 1}, {0.1, 0.7}, {0.1, 0.8});
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    const auto all = evidence::Rows::all(2);
    const evidence::Rows first(std::vector<std::uint32_t>{0});
    CHECK_FALSE(metrics::identical_sides(bound("roc_auc"), examples, all));
    CHECK(metrics::identical_sides(bound("roc_auc"), examples, first));
    // Equal classes from different scores are not the same evidence.
    CHECK_FALSE(metrics::identical_sides(bound("accuracy"), examples, all));
    CHECK(metrics::identical_sides(bound("accuracy"), examples, first));
}

TEST_CASE("classes and values that agree on a part are not identical", "[metrics]") {
    const evidence::Rows first(std::vector<std::uint32_t>{0, 1});
    const auto classes = test::multiclass_examples(2, {0, 1, 1}, {0, 1, 1}, {0, 1, 0});
    CHECK_FALSE(metrics::identical_sides(bound("accuracy"), classes, first));
    const auto same = test::multiclass_examples(2, {0, 1, 1}, {0, 1, 0}, {0, 1, 0});
    CHECK(metrics::identical_sides(bound("accuracy"), same, first));
    const auto metric = bound("{name: x, direction: lower}");
    CHECK_FALSE(metrics::identical_sides(
        metric, test::value_examples("x", {0.0, 1.0, 1.0}, {0.0, 1.0, 0.0}), first));
    CHECK(metrics::identical_sides(
        metric, test::value_examples("x", {0.0, 1.0, 1.0}, {0.0, 1.0, 1.0}), first));
}

TEST_CASE("sides are compared bit for bit", "[metrics]") {
    const auto all = evidence::Rows::all(1);
    const auto metric = bound("{name: x, direction: lower}");
    const double nan = std::nan("");
    CHECK(metrics::identical_sides(metric, test::value_examples("x", {nan}, {nan}), all));
    CHECK_FALSE(metrics::identical_sides(metric, test::value_examples("x", {0.0}, {-0.0}), all));
}

TEST_CASE("absent columns are not identical", "[metrics]") {
    const auto examples = test::ExamplesBuilder().labels({0, 1}).build();
    CHECK_FALSE(metrics::identical_sides(bound("accuracy"), examples, evidence::Rows::all(2)));
}
