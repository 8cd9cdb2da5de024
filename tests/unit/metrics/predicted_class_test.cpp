#include <cmath>

#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

namespace {

std::uint32_t candidate_class(const evidence::Examples& examples, std::size_t row) {
    return examples.sides[1].predicted_class->codes[row];
}

}  // namespace

TEST_CASE("a score at the threshold is the positive class", "[metrics]") {
    auto examples = test::scored_examples({0, 1, 1}, {0.5, 0.5, 0.5}, {0.49, 0.5, 0.51});
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    CHECK(candidate_class(examples, 0) == 0);
    CHECK(candidate_class(examples, 1) == 1);
    CHECK(candidate_class(examples, 2) == 1);
}

TEST_CASE("the largest class score wins, ties go to the first class", "[metrics]") {
    auto examples = test::ExamplesBuilder()
                        .labels({0, 1, 2})
                        .class_scores({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                                      {{0.4, 0.2, 0.1}, {0.4, 0.5, 0.2}, {0.2, 0.3, 0.7}})
                        .build();
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    CHECK(candidate_class(examples, 0) == 0);
    CHECK(candidate_class(examples, 1) == 1);
    CHECK(candidate_class(examples, 2) == 2);
}

TEST_CASE("given predictions are kept", "[metrics]") {
    auto examples = test::binary_examples({0, 1}, {1, 0}, {1, 0});
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    CHECK(candidate_class(examples, 0) == 1);
}

TEST_CASE("a NaN score stays a flaw of the class derived from it", "[metrics]") {
    auto examples = test::scored_examples({0, 1}, {0.1, 0.9}, {0.1, std::nan("")});
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    const auto accuracy = test::bound("accuracy");
    const auto flaw = metrics::find_flaw(accuracy, examples, false);
    REQUIRE(flaw);
    CHECK(flaw->column == "score (candidate)");
    CHECK(flaw->wanted == "a finite number");
    CHECK_FALSE(test::value_in(examples, "accuracy").defined());
}

TEST_CASE("a missing score makes a missing prediction", "[metrics]") {
    auto examples = test::scored_examples({0, 1}, {0.1, 0.9}, {evidence::missing_value(), 0.9});
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    const auto accuracy = test::bound("accuracy");
    CHECK_FALSE(metrics::find_flaw(accuracy, examples, false));
    CHECK(metrics::find_flaw(accuracy, examples, true));
    const auto rows = metrics::without_missing(accuracy, examples, evidence::Rows::all(2));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0] == 1);
    CHECK(test::value_in(examples, "f1").reason().find("average") == std::string::npos);
}

TEST_CASE("positives alone can miss the threshold", "[metrics]") {
    auto examples = test::ExamplesBuilder()
                        .labels({0, 0})
                        .class_names({"fraud"})
                        .positive(0)
                        .scores({0.9, 0.8}, {0.9, 0.2})
                        .build();
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    CHECK(test::value_in(examples, "recall").number() == 0.5);
}

TEST_CASE("what cannot be cut is refused with the reason", "[metrics]") {
    auto three =
        test::ExamplesBuilder().labels({0, 1, 2}).positive(1).scores({0, 0, 0}, {0, 0, 0}).build();
    CHECK(metrics::derive_predicted_classes(three, 0.5).find("there are 3") != std::string::npos);
    auto unknown = test::ExamplesBuilder().labels({0, 1, 2}).scores({0, 0, 0}, {0, 0, 0}).build();
    CHECK(metrics::derive_predicted_classes(unknown, 0.5).find("`positive:`") != std::string::npos);
    auto neither = test::ExamplesBuilder().labels({0, 1}).build();
    CHECK_FALSE(metrics::derive_predicted_classes(neither, 0.5).empty());
    auto infinite = test::scored_examples({0, 1}, {0.1, 0.9}, {0.1, 0.9});
    CHECK_FALSE(metrics::derive_predicted_classes(infinite, std::nan("")).empty());
}
