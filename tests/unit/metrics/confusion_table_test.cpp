#include "metrics/confusion_table.h"

#include "support/catch.h"
#include "support/examples_builder.h"

using namespace metricgate;
using evidence::Rows;

TEST_CASE("both sides have a row a label and a column a predicted class", "[metrics]") {
    const auto examples = test::ExamplesBuilder()
                              .labels({0, 0, 1, 1, 1})
                              .predictions({0, 1, 1, 1, 0}, {0, 0, 1, 1, 1})
                              .build();
    const auto table = metrics::small_confusion(examples, Rows::all(5), 10);
    CHECK(table.classes == std::vector<std::string>{"0", "1"});
    CHECK(table.mass[0] == std::vector<double>{1, 1, 1, 2});
    CHECK(table.mass[1] == std::vector<double>{2, 0, 0, 3});
    CHECK_FALSE(table.others);
}

TEST_CASE("rare classes are one class together", "[metrics]") {
    const auto examples = test::ExamplesBuilder()
                              .labels({0, 1, 1, 2, 2, 2, 3})
                              .predictions({0, 1, 3, 2, 2, 0, 3}, {0, 1, 1, 2, 2, 2, 0})
                              .build();
    const auto table = metrics::small_confusion(examples, Rows::all(7), 2);
    CHECK(table.others);
    CHECK(table.classes == std::vector<std::string>{"1", "2", "(all others)"});
    CHECK(table.mass[0] == std::vector<double>{1, 0, 1, 0, 2, 1, 0, 0, 2});
    CHECK(table.mass[1] == std::vector<double>{2, 0, 0, 0, 3, 0, 0, 0, 2});
}

TEST_CASE("weights are summed, and without predictions there is no table", "[metrics]") {
    const auto weighted = test::ExamplesBuilder()
                              .labels({0, 1})
                              .predictions({0, 1}, {1, 1})
                              .weights({0.5, 2.0})
                              .build();
    CHECK(metrics::small_confusion(weighted, Rows::all(2), 5).mass[1] ==
          std::vector<double>{0, 0.5, 0, 2});
    const auto scores_only =
        test::ExamplesBuilder().labels({0, 1}).scores({0.1, 0.2}, {0.1, 0.2}).build();
    CHECK(metrics::small_confusion(scores_only, Rows::all(2), 5).classes.empty());
}
