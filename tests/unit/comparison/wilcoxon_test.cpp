// The catalog entry "wilcoxon".
#include "stats/hodges_lehmann.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

namespace {

Comparison by_ranks(const std::vector<double>& baseline, const std::vector<double>& candidate,
                    const Margin& margin, const char* definition = "mean") {
    const evidence::Examples examples = test::value_examples("latency_ms", baseline, candidate);
    metrics::Metric metric = test::latency(definition);
    metric.direction = metrics::Direction::higher_is_better;
    Options options = test::without_floors();
    options.method = "wilcoxon";
    return test::compare_all(metric, examples, margin, options);
}

}  // namespace

TEST_CASE("wilcoxon gives the interval of the signed-rank test", "[comparison]") {
    for (const auto& entry :
         test::reference_cases("tests_intervals.json", "wilcoxon_signed_rank")) {
        const auto candidate = entry.at("data").at("x").get<std::vector<double>>();
        const auto baseline = entry.at("data").at("y").get<std::vector<double>>();
        std::vector<double> differences = candidate;
        for (std::size_t i = 0; i < differences.size(); ++i) {
            differences[i] -= baseline[i];
        }
        const auto located = stats::HodgesLehmann::of_averages(differences);
        const Comparison result = by_ranks(baseline, candidate, absolute(0.5));
        CHECK(result.method == "wilcoxon");
        CHECK(*result.delta == located.estimate());
        CHECK(*result.interval == *located.interval(0.95));
        CHECK(*result.p_no_loss == located.p_not_negative());
        CHECK(test::has_note(result, "rank_estimate"));
    }
}

TEST_CASE("wilcoxon is not moved by one extreme difference", "[comparison]") {
    std::vector<double> baseline(40, 10.0);
    std::vector<double> candidate;
    for (int i = 0; i < 40; ++i) {
        candidate.push_back(10.0 + 0.01 * (i % 7 - 3));
    }
    const Comparison calm = by_ranks(baseline, candidate, absolute(0.5));
    candidate[0] = 1e6;
    const Comparison wild = by_ranks(baseline, candidate, absolute(0.5));
    CHECK_THAT(*wild.delta, WithinAbs(*calm.delta, 0.01));
    CHECK(wild.margin->lower > 0.0);
}

TEST_CASE("wilcoxon of too few or constant differences decides nothing", "[comparison]") {
    const Comparison few = by_ranks({1, 2, 3}, {1.5, 2.25, 3.125}, absolute(0.5));
    CHECK(few.degenerate);
    CHECK(few.problem.empty());
    CHECK(by_ranks(std::vector<double>(20, 1.0), std::vector<double>(20, 2.0), absolute(0.5))
              .degenerate);
}

TEST_CASE("wilcoxon judges a relative margin by the differences it belongs to", "[comparison]") {
    const std::vector<double> baseline = {10, 12, 9, 14, 11, 10.5, 13, 12.5};
    const std::vector<double> candidate = {9.4, 11.1, 8.6, 13.2, 10.5, 9.3, 12.4, 11.9};
    std::vector<double> differences;
    for (std::size_t i = 0; i < 8; ++i) {
        differences.push_back(candidate[i] - 0.95 * baseline[i]);
    }
    const auto interval = stats::HodgesLehmann::of_averages(differences).interval(0.95);
    const Comparison result = by_ranks(baseline, candidate, test::relative(0.05));
    CHECK_THAT(result.margin->lower, WithinAbs(interval->lower, 1e-12));
    CHECK_THAT(result.margin->upper, WithinAbs(interval->upper, 1e-12));
}

TEST_CASE("wilcoxon is for means of independent, unweighted examples", "[comparison]") {
    CHECK(by_ranks({1, 2}, {3, 4}, absolute(0.5), "quantile").problem.find("does not apply") !=
          std::string::npos);
}
