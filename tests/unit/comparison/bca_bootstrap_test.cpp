// The catalog entry "bca_bootstrap".
#include "comparison/leave_one_out.h"
#include "stats/bootstrap.h"
#include "support/catch.h"
#include "unit/comparison/bootstrap_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

TEST_CASE("leaving one out in O(n) gives what recomputing without it gives", "[comparison]") {
    const evidence::Examples examples = test::skewed_examples(30);
    for (const char* name : {"rmse", "mae", "r2"}) {
        CAPTURE(name);
        const metrics::Metric metric = test::metric_for(name, examples);
        const LeaveOneOut left_out =
            leave_one_out(metric, examples, evidence::Rows::all(examples.rows));
        REQUIRE(left_out.problem.empty());
        REQUIRE(left_out.candidate.size() == 30);
        for (std::uint32_t out = 0; out < 30; ++out) {
            std::vector<std::uint32_t> rows;
            for (std::uint32_t row = 0; row < 30; ++row) {
                if (row != out) {
                    rows.push_back(row);
                }
            }
            for (const auto side : {evidence::Side::baseline, evidence::Side::candidate}) {
                const double value =
                    metrics::evaluate(metric, examples, side, evidence::Rows(rows)).number();
                const auto& all =
                    side == evidence::Side::baseline ? left_out.baseline : left_out.candidate;
                CHECK_THAT(all[out], WithinAbs(value, 1e-12));
            }
        }
    }
}

TEST_CASE("leaving out whole clusters counts those that have examples", "[comparison]") {
    test::ExamplesBuilder builder;
    builder.targets({1, 2, 3, 4, 5})
        .predicted_numbers({1, 2, 3, 4, 6}, {2, 2, 3, 5, 5})
        .clusters({0, 0, 2, 2, 2});
    const evidence::Examples examples = builder.build();
    const LeaveOneOut left_out = leave_one_out(test::metric_for("mae", examples), examples,
                                               evidence::Rows::all(examples.rows));
    REQUIRE(left_out.baseline.size() == 2);
    CHECK_THAT(left_out.baseline[0], WithinAbs(1.0 / 3.0, 1e-15));
    CHECK_THAT(left_out.baseline[1], WithinAbs(0.0, 1e-15));
    CHECK_THAT(left_out.candidate[0], WithinAbs(1.0 / 3.0, 1e-15));
    CHECK_THAT(left_out.candidate[1], WithinAbs(0.5, 1e-15));
}

TEST_CASE(
    "bca_bootstrap moves both ends of a skewed mean the way of its skewness, and no further "
    "in than the jackknife's",
    "[comparison]") {
    // One long tail of losses; delta is oriented, so the tail points down.
    test::ExamplesBuilder builder;
    stats::Stream stream(5);
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (int i = 0; i < 60; ++i) {
        const double loss = -std::log(stream.uniform());
        baseline.push_back(1.0);
        candidate.push_back(1.0 + loss * loss);
    }
    evidence::Examples examples = test::named_values(baseline, candidate);
    Options options = test::without_floors();
    const auto by = [&](const char* method) {
        options.method = method;
        return test::compare_all(test::latency("mean"), examples, absolute(50), options);
    };
    const metrics::Metric mean = test::latency("mean");
    const double level = test::expanded(examples);
    const stats::Interval percentile = test::percentiles(examples, mean, level);
    const Comparison bca = by("bca_bootstrap");
    CHECK(bca.method == "bca_bootstrap");
    const LeaveOneOut left_out = leave_one_out(mean, examples, evidence::Rows::all(examples.rows));
    std::vector<double> without;
    for (std::size_t i = 0; i < left_out.candidate.size(); ++i) {
        without.push_back(left_out.baseline[i] - left_out.candidate[i]);
    }
    std::vector<double> changes = test::resampled_changes(examples, mean);
    const stats::Interval own =
        stats::bca_interval(*bca.delta, changes, stats::acceleration(without), level);
    CHECK(own.lower < percentile.lower);
    CHECK(own.upper < percentile.upper);
    const stats::Interval least = test::jackknife(examples, mean, *bca.delta);
    CHECK_THAT(bca.interval->lower, WithinAbs(std::min(own.lower, least.lower), 1e-9));
    CHECK_THAT(bca.interval->upper, WithinAbs(std::max(own.upper, least.upper), 1e-9));
}

TEST_CASE("bca_bootstrap is for smooth metrics of means", "[comparison]") {
    const evidence::Examples examples =
        test::binary_examples({1, 0, 1, 1}, {1, 0, 0, 1}, {1, 1, 1, 1});
    Options options;
    options.method = "bca_bootstrap";
    CHECK(test::compare_all(test::metric_for("f1", examples), examples, absolute(1), options)
              .problem.find("smooth metric of means") != std::string::npos);
}

TEST_CASE("no bootstrap interval depends on the order of rows", "[comparison]") {
    const evidence::Examples straight = test::skewed_examples(60);
    const evidence::Examples shuffled = test::skewed_examples(60, test::shuffled(60));
    for (const char* method : {"basic_bootstrap", "bca_bootstrap", "studentized_bootstrap"}) {
        CAPTURE(method);
        Options options;
        options.method = method;
        const auto numbers = [&](const evidence::Examples& examples) {
            return test::numbers_of(test::compare_all(test::metric_for("mse", examples), examples,
                                                      test::relative(0.5), options));
        };
        CHECK(numbers(straight) == numbers(shuffled));
    }
}
