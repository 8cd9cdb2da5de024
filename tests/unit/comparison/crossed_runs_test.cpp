// The catalog entry "crossed_runs".
#include "stats/crossed_runs.h"
#include "comparison/example_runs.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

namespace {

metrics::Metric cost() {
    metrics::Metric metric = test::metric_named("mean");
    metric.name = "cost";
    metric.direction = metrics::Direction::lower_is_better;
    metric.parameters.column = "cost";
    return metric;
}

/// Runs of one model: value i of run r is example i's own cost, the run's shift and some noise.
std::vector<evidence::Examples> runs_of(std::size_t runs, double shift, std::uint64_t seed) {
    std::vector<evidence::Examples> result;
    stats::Stream stream(seed);
    for (std::size_t r = 0; r < runs; ++r) {
        evidence::Examples examples;
        examples.rows = 40;
        const double own = 0.4 * stream.uniform();
        for (std::size_t i = 0; i < examples.rows; ++i) {
            const double value =
                1.0 + 0.1 * static_cast<double>(i % 7) + shift + own + 0.2 * stream.uniform();
            examples.sides[1].values["cost"].values.push_back(value);
            examples.sides[0].values["cost"].values.push_back(1.0);
        }
        result.push_back(std::move(examples));
    }
    return result;
}

Comparison judge(const std::vector<evidence::Examples>& baseline,
                 const std::vector<evidence::Examples>& candidate, const Margin& margin) {
    return compare(cost(), candidate.front(), {baseline, candidate},
                   evidence::Rows::all(candidate.front().rows), margin, Options{});
}

std::vector<double> values_of(const evidence::Examples& run) {
    return run.sides[1].values.at("cost").values;
}

}  // namespace

TEST_CASE("several runs a side are compared by their means over runs and examples",
          "[comparison]") {
    const auto baseline = runs_of(4, 0.0, 1);
    const auto candidate = runs_of(5, 0.1, 2);
    const Comparison result = judge(baseline, candidate, absolute(0.05));
    CHECK(result.method == "crossed_runs");
    CHECK(result.n == 40);
    CHECK(test::has_note(result, "runs"));
    double before = 0.0;
    double after = 0.0;
    for (const auto& run : baseline) {
        before += stats::paired_mean(values_of(run)).mean / 4.0;
    }
    for (const auto& run : candidate) {
        after += stats::paired_mean(values_of(run)).mean / 5.0;
    }
    CHECK_THAT(result.baseline.number(), WithinAbs(before, 1e-12));
    CHECK_THAT(result.candidate.number(), WithinAbs(after, 1e-12));
    CHECK_THAT(*result.delta, WithinAbs(before - after, 1e-12));
}

TEST_CASE("the runs' own differences widen the interval", "[comparison]") {
    const auto baseline = runs_of(4, 0.0, 1);
    const auto candidate = runs_of(5, 0.1, 2);
    const Comparison result = judge(baseline, candidate, absolute(0.05));
    std::vector<double> differences(40);
    for (std::size_t i = 0; i < differences.size(); ++i) {
        for (const auto& run : candidate) {
            differences[i] += values_of(run)[i] / 5.0;
        }
        for (const auto& run : baseline) {
            differences[i] -= values_of(run)[i] / 4.0;
        }
    }
    CHECK(*result.standard_error > 2.0 * stats::paired_mean(differences).standard_error);
}

TEST_CASE("three runs a side are wanted, or one against three", "[comparison]") {
    const Comparison two = judge(runs_of(2, 0.0, 1), runs_of(5, 0.1, 2), absolute(0.05));
    REQUIRE(two.insufficient);
    CHECK(two.insufficient->of == "runs per side");
    CHECK(two.insufficient->have == 2);
    const Comparison one = judge(runs_of(5, 0.0, 1), runs_of(1, 0.1, 2), absolute(0.05));
    CHECK_FALSE(one.insufficient);
    CHECK(*one.standard_error >
          *judge(runs_of(5, 0.0, 1), runs_of(5, 0.1, 2), absolute(0.05)).standard_error);
    CHECK(judge(runs_of(1, 0.0, 1), runs_of(1, 0.1, 2), absolute(0.05)).insufficient);
}

TEST_CASE("a metric that is no mean over examples is refused with a way out", "[comparison]") {
    const auto runs = runs_of(3, 0.0, 1);
    metrics::Metric p95 = cost();
    p95.definition = metrics::find("quantile");
    const Comparison result =
        compare(p95, runs.front(), {runs, runs}, evidence::Rows::all(40), absolute(0.1), Options{});
    CHECK(result.problem.find("means over examples") != std::string::npos);
    CHECK(result.problem.find("kind: metrics") != std::string::npos);
    Options options;
    options.method = "paired_t";
    CHECK(
        compare(cost(), runs.front(), {runs, runs}, evidence::Rows::all(40), absolute(0.1), options)
            .problem ==
        "method 'paired_t' does not apply to several files a side; crossed_runs would");
}

TEST_CASE("the candidate's runs alone have a value", "[comparison]") {
    const auto runs = runs_of(3, 0.0, 1);
    Options options;
    options.candidate_interval = true;
    const Comparison result =
        compare(cost(), runs.front(), {{}, runs}, evidence::Rows::all(40), Margin{}, options);
    CHECK(result.candidate.defined());
    CHECK_FALSE(result.baseline.defined());
    REQUIRE(result.candidate_interval);
    CHECK(result.candidate_interval->lower < result.candidate.number());
    CHECK(result.candidate_interval->upper > result.candidate.number());
}
