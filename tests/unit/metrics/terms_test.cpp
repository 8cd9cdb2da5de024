#include "metrics/terms.h"

#include <cmath>

#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;
using test::bound;

TEST_CASE("terms stand row by row", "[metrics]") {
    const auto examples = test::regression_examples({1.0, 3.0}, {0.0, 0.0}, {2.0, 1.0});
    const auto rows = evidence::Rows::all(2);
    const auto terms = metrics::terms_of(bound("r2"), examples, evidence::Side::candidate, rows);
    CHECK(terms.problem.empty());
    CHECK(terms.per_example == 3);
    CHECK(terms.values == std::vector<double>{1.0, -1.0, 1.0, 4.0, 1.0, 1.0});
    CHECK(metrics::terms_of(bound("mae"), examples, evidence::Side::baseline, rows).values ==
          std::vector<double>{1.0, 3.0});
}

TEST_CASE("terms of a metric without terms are a problem", "[metrics]") {
    const auto examples = test::binary_examples({0, 1}, {0, 1}, {0, 1});
    CHECK_FALSE(
        metrics::terms_of(bound("f1"), examples, evidence::Side::candidate, evidence::Rows::all(2))
            .problem.empty());
}

TEST_CASE("terms of a missing column are a problem", "[metrics]") {
    const auto examples = test::ExamplesBuilder().targets({1.0, 2.0}).build();
    CHECK(
        metrics::terms_of(bound("mae"), examples, evidence::Side::candidate, evidence::Rows::all(2))
            .problem == "no column for prediction (candidate)");
}

TEST_CASE("the example a problem names does not depend on row order", "[metrics]") {
    auto build = [](std::vector<std::string> ids, std::vector<double> targets) {
        return test::ExamplesBuilder()
            .targets(targets)
            .predicted_numbers(targets, targets)
            .ids(ids)
            .build();
    };
    const auto problem = [](const evidence::Examples& examples) {
        return metrics::terms_of(bound("mape"), examples, evidence::Side::candidate,
                                 evidence::Rows::all(3))
            .problem;
    };
    const std::string expected = "a target of 0 has no relative error; 2 examples, such as 'a'";
    CHECK(problem(build({"b", "c", "a"}, {0.0, 1.0, 0.0})) == expected);
    CHECK(problem(build({"a", "b", "c"}, {0.0, 0.0, 1.0})) == expected);
}

TEST_CASE("terms read in blocks are the terms read at once", "[metrics]") {
    const auto examples =
        test::regression_examples({1.0, 3.0, 7.0}, {0.0, 0.0, 0.0}, {2.0, 1.0, 4.0});
    const auto rows = evidence::Rows(std::vector<std::uint32_t>{0, 2});
    const metrics::Metric metric = bound("r2");
    metrics::TermReader reader(metric, examples, evidence::Side::candidate, rows);
    std::vector<double> first(reader.per_example());
    std::vector<double> second(reader.per_example());
    for (int time = 0; time < 2; ++time) {
        reader.read(1, second);
        reader.read(0, first);
        std::vector<double> both = first;
        both.insert(both.end(), second.begin(), second.end());
        CHECK(both == metrics::terms_of(metric, examples, evidence::Side::candidate, rows).values);
    }
    CHECK(reader.problem().empty());
}

TEST_CASE("an example without terms reads as 0 and is named", "[metrics]") {
    const auto examples = test::regression_examples({0.0, 2.0}, {1.0, 1.0}, {1.0, 1.0});
    const metrics::Metric metric = bound("mape");
    metrics::TermReader reader(metric, examples, evidence::Side::candidate, evidence::Rows::all(2));
    std::vector<double> terms(2);
    CHECK(reader.problem().empty());
    reader.read(0, terms);
    CHECK(terms == std::vector<double>{0.0, 0.5});
    CHECK_FALSE(reader.problem().empty());
}
