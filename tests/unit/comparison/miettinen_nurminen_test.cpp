// The catalog entry "miettinen_nurminen".
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
#include "unit/comparison/recorded_fixtures.h"

using test::metric_named;
using test::scalar;

namespace {

Comparison by_score(double baseline, std::uint64_t baseline_n, double candidate,
                    std::uint64_t candidate_n, const Margin& margin, double confidence = 0.95) {
    Options options;
    options.method = "miettinen_nurminen";
    options.confidence = confidence;
    return compare(metric_named("accuracy"), scalar(baseline, std::nullopt, baseline_n),
                   scalar(candidate, std::nullopt, candidate_n), margin, options);
}

}  // namespace

TEST_CASE("miettinen_nurminen gives ratesci's intervals of two proportions", "[comparison]") {
    for (const auto& entry : test::reference_cases("tests_intervals.json", "two_proportions")) {
        CAPTURE(entry.at("id").get<std::string>());
        const auto& data = entry.at("data");
        const auto n1 = data.at("n1").get<std::uint64_t>();
        const auto n2 = data.at("n2").get<std::uint64_t>();
        const double p1 = data.at("x1").get<double>() / static_cast<double>(n1);
        const double p2 = data.at("x2").get<double>() / static_cast<double>(n2);
        const Comparison result = by_score(p2, n2, p1, n1, absolute(0.5), 0.975);
        CHECK(result.method == "miettinen_nurminen");
        const auto bounds =
            entry.at("expected").at("miettinen_nurminen_ci95").get<std::vector<double>>();
        CHECK_THAT(result.interval->lower, WithinAbs(bounds[0], 1e-6));
        CHECK_THAT(result.interval->upper, WithinAbs(bounds[1], 1e-6));
    }
}

TEST_CASE("miettinen_nurminen's p is the level at which the upper end reaches 0", "[comparison]") {
    const double p = *by_score(0.9, 400, 0.86, 300, absolute(0.01)).p_no_loss;
    CHECK((p > 0.01 && p < 0.2));
    CHECK_THAT(by_score(0.9, 400, 0.86, 300, absolute(0.01), 1.0 - p).interval->upper,
               WithinAbs(0.0, 1e-9));
}

TEST_CASE("miettinen_nurminen knows an uncertainty where nothing failed", "[comparison]") {
    const Comparison result = by_score(1.0, 100, 1.0, 100, absolute(0.01));
    CHECK_FALSE(result.degenerate);
    CHECK(result.interval->lower < -0.01);
    CHECK(*result.mde > 0.0);
}

TEST_CASE("miettinen_nurminen counts successes, so a share must be a count of its n",
          "[comparison]") {
    CHECK(by_score(0.905, 100, 0.9, 100, absolute(0.01)).problem.find("no whole number") !=
          std::string::npos);
    // Four decimals of 277/300 are near enough.
    CHECK(by_score(0.9233, 300, 0.9, 300, absolute(0.01)).problem.empty());
}

TEST_CASE("miettinen_nurminen judges a relative margin by its own score", "[comparison]") {
    const Comparison result = by_score(0.9, 400, 0.88, 400, test::relative(0.05));
    CHECK(result.problem.empty());
    CHECK_THAT(result.margin->estimate, WithinAbs(0.88 - 0.95 * 0.9, 1e-12));
    CHECK(result.margin->lower < result.margin->estimate);
    CHECK(result.margin->upper > result.margin->estimate);
}
