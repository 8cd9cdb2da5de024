#include <cmath>
#include <limits>

#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::metric_for;

TEST_CASE("a method that does not apply is refused with those that do", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(100, 0.5, 0.1, 0.1);
    const evidence::Examples examples = test::ExamplesBuilder()
                                            .class_names({"0", "1"})
                                            .labels(sample.labels)
                                            .predictions(sample.baseline, sample.candidate)
                                            .ids(test::numbered_ids(100))
                                            .build();
    Options options;
    options.method = "tango";
    const Comparison result =
        compare_all(metric_for("f1", examples), examples, absolute(0.1), options);
    CHECK(result.problem.find("'tango' does not apply to f1") != std::string::npos);
    CHECK(result.problem.find("; count_bootstrap, weighted_bootstrap or basic_bootstrap would") !=
          std::string::npos);
    CHECK_FALSE(result.interval);
    options.method = "welch";
    CHECK(compare_all(metric_for("f1", examples), examples, absolute(0.1), options)
              .problem.find("not for paired examples") != std::string::npos);
    options.method = "paired_t";
    CHECK(compare_all(metric_for("accuracy", examples), examples, absolute(0.1), options).method ==
          "paired_t");
}

TEST_CASE("identical sides need no resampling", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(100, 0.5, 0.1, 0.1);
    const evidence::Examples examples =
        test::binary_examples(sample.labels, sample.baseline, sample.baseline);
    for (const char* name : {"accuracy", "f1"}) {
        const Comparison result =
            compare_all(metric_for(name, examples), examples, test::relative(0.1), Options{});
        CHECK(result.identical);
        CHECK_FALSE(result.degenerate);
        CHECK(*result.delta == 0.0);
        CHECK(*result.interval == stats::Interval{0.0, 0.0, 0.95});
        CHECK(result.margin->lower == result.margin->margin);
        CHECK(test::has_note(result, "identical"));
    }
}

TEST_CASE("equal classes on few examples do not prove an unchanged model, equal scores do",
          "[comparison]") {
    // (1 - 0.02)^n <= 0.05 from 149 examples on.
    for (const auto& [n, proven] : {std::pair(148U, false), std::pair(149U, true)}) {
        const std::vector<std::uint32_t> labels(n, 1);
        const evidence::Examples classes = test::ExamplesBuilder()
                                               .class_names({"0", "1"})
                                               .labels(labels)
                                               .predictions(labels, labels)
                                               .build();
        const Comparison result =
            compare_all(metric_for("accuracy", classes), classes, absolute(0.02), Options{});
        CHECK(result.insufficient.has_value() != proven);
        if (!proven) {
            CHECK(result.insufficient->of == "equal examples");
            CHECK(result.insufficient->have == 148);
            CHECK(result.insufficient->need == 149);
        }
        const evidence::Examples marks = test::value_examples(
            "latency_ms", std::vector<double>(n, 1.0), std::vector<double>(n, 1.0));
        CHECK(compare_all(test::latency("mean"), marks, absolute(0.02), Options{})
                  .insufficient.has_value() != proven);
    }
    const test::BinarySample sample = test::binary_sample(50, 0.5, 0.1, 0.1);
    const evidence::Examples scores = test::ExamplesBuilder()
                                          .class_names({"0", "1"})
                                          .labels(sample.labels)
                                          .predictions(sample.baseline, sample.baseline)
                                          .scores(sample.baseline_scores, sample.baseline_scores)
                                          .build();
    CHECK_FALSE(compare_all(metric_for("accuracy", scores), scores, absolute(0.02), Options{})
                    .insufficient);
}

TEST_CASE("equal classes must be many in the rarest class of a table", "[comparison]") {
    for (const auto& [positives, proven] : {std::pair(58U, false), std::pair(59U, true)}) {
        std::vector<std::uint32_t> labels(500, 0);
        std::fill_n(labels.begin(), positives, 1U);
        const evidence::Examples examples = test::binary_examples(labels, labels, labels);
        const Comparison result =
            compare_all(metric_for("f1", examples), examples, absolute(0.05), Options{});
        CHECK(result.insufficient.has_value() != proven);
    }
}

TEST_CASE("too few examples are insufficient even when the sides are identical", "[comparison]") {
    const evidence::Examples examples = test::binary_examples({0, 1}, {0, 1}, {0, 1});
    Options options;
    options.min_examples = 30;
    const Comparison result =
        compare_all(metric_for("accuracy", examples), examples, absolute(0.1), options);
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->of == "examples");
    CHECK(result.insufficient->have == 2);
    CHECK_FALSE(result.identical);
    CHECK(*result.delta == 0.0);
}

TEST_CASE("examples of weight 0 are no evidence", "[comparison]") {
    const evidence::Examples examples =
        test::ExamplesBuilder()
            .values("latency_ms", {1, 2, 3, 4, 5}, {1.5, 2, 3.25, 9, 9})
            .weights({1.0, 2.0, 1.0, 0.0, 0.0})
            .build();
    Options options;
    options.min_examples = 4;
    const Comparison few = compare_all(test::latency("mean"), examples, absolute(0.1), options);
    REQUIRE(few.insufficient);
    CHECK(few.insufficient->have == 3);
    options.min_examples = 3;
    const Comparison enough = compare_all(test::latency("mean"), examples, absolute(0.1), options);
    CHECK(enough.n == 3);
    CHECK(enough.interval);
    const Comparison alone =
        describe(test::latency("mean"), examples, evidence::Rows::all(examples.rows), options);
    CHECK(alone.n == 3);
}

TEST_CASE("too few clusters are insufficient", "[comparison]") {
    const evidence::Examples examples = test::ExamplesBuilder()
                                            .values("latency_ms", {1, 2, 3, 4}, {1, 2, 3, 5})
                                            .clusters({0, 1, 2, 2})
                                            .build();
    const Comparison result =
        compare_all(test::latency("mean"), examples, absolute(0.1), Options{});
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->of == "clusters");
    CHECK(result.insufficient->have == 3);
    CHECK(result.insufficient->need == 10);
}

TEST_CASE("an undefined side is a problem that says which", "[comparison]") {
    const evidence::Examples examples =
        test::binary_examples({0, 1, 0, 1}, {0, 1, 0, 1}, {0, 0, 0, 0});
    const Comparison result = compare_all(metric_for("precision", examples), examples,
                                          absolute(0.1), test::without_floors());
    CHECK(result.problem.find("candidate") != std::string::npos);
    CHECK(result.baseline.defined());
    CHECK_FALSE(result.candidate.defined());
    CHECK_FALSE(result.interval);
}

TEST_CASE("a metric that the catalog does not know cannot be computed", "[comparison]") {
    metrics::Metric metric;
    metric.name = "my_score";
    const evidence::Examples examples = test::binary_examples({0, 1}, {0, 1}, {0, 1});
    CHECK(compare_all(metric, examples, absolute(0.1), Options{}).problem.find("my_score") !=
          std::string::npos);
}

TEST_CASE("negative and non-finite weights are refused", "[comparison]") {
    for (const double bad : {-1.0, std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity()}) {
        const evidence::Examples examples = test::ExamplesBuilder()
                                                .values("latency_ms", {1, 2, 3}, {1, 2, 4})
                                                .weights({1.0, bad, 1.0})
                                                .build();
        CHECK_FALSE(
            compare_all(test::latency("mean"), examples, absolute(0.1), Options{}).problem.empty());
    }
}

TEST_CASE("no rows at all never give an interval", "[comparison]") {
    const evidence::Examples examples = test::binary_examples({0, 1}, {0, 1}, {1, 1});
    const evidence::Rows none(std::vector<std::uint32_t>{});
    for (const char* name : {"accuracy", "f1"}) {
        const Comparison result =
            compare(metric_for(name, examples), examples, none, absolute(0.1), Options{});
        CHECK_FALSE(result.interval);
        CHECK((!result.problem.empty() || result.insufficient));
    }
}

TEST_CASE("a comparison looks at the listed rows only", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(200, 0.5, 0.1, 0.15);
    const evidence::Examples all =
        test::binary_examples(sample.labels, sample.baseline, sample.candidate);
    std::vector<std::uint32_t> listed;
    std::vector<std::size_t> order;
    for (std::uint32_t i = 0; i < 200; i += 2) {
        listed.push_back(i);
        order.push_back(i);
    }
    const evidence::Examples half = test::binary_examples(test::permuted(sample.labels, order),
                                                          test::permuted(sample.baseline, order),
                                                          test::permuted(sample.candidate, order));
    for (const char* name : {"accuracy", "f1", "recall"}) {
        const metrics::Metric metric = metric_for(name, all);
        CHECK(test::numbers_of(
                  compare(metric, all, evidence::Rows(listed), absolute(0.1), Options{})) ==
              test::numbers_of(compare_all(metric, half, absolute(0.1), Options{})));
    }
}
