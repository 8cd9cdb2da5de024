// The catalog entry "newcombe".
#include "stats/proportions.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"
#include "unit/comparison/recorded_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::metric_named;
using test::relative;
using test::scalar;

TEST_CASE("newcombe gives the published intervals of two proportions", "[comparison]") {
    Options options;
    options.confidence = 0.975;  // two-sided 95 %
    for (const auto& entry : test::reference_cases("tests_intervals.json", "two_proportions")) {
        CAPTURE(entry.at("id").get<std::string>());
        const auto& data = entry.at("data");
        const auto n1 = data.at("n1").get<std::uint64_t>();
        const auto n2 = data.at("n2").get<std::uint64_t>();
        const double p1 = data.at("x1").get<double>() / static_cast<double>(n1);
        const double p2 = data.at("x2").get<double>() / static_cast<double>(n2);
        const Comparison result = compare(metric_named("accuracy"), scalar(p2, std::nullopt, n2),
                                          scalar(p1, std::nullopt, n1), absolute(0.5), options);
        CHECK(result.method == "newcombe");
        const auto bounds =
            entry.at("expected").at("newcombe_hybrid_score_ci95").get<std::vector<double>>();
        CHECK_THAT(result.interval->lower, WithinAbs(bounds[0], 1e-6));
        CHECK_THAT(result.interval->upper, WithinAbs(bounds[1], 1e-6));
        CHECK(result.n == std::min(n1, n2));
    }
}

TEST_CASE("newcombe knows an uncertainty where nothing failed", "[comparison]") {
    const Comparison result = compare(metric_named("accuracy"), scalar(1.0, std::nullopt, 100),
                                      scalar(1.0, std::nullopt, 100), absolute(0.01), Options{});
    CHECK_FALSE(result.degenerate);
    CHECK(result.interval->lower < -0.01);
    CHECK(*result.mde > 0.0);
}

TEST_CASE("newcombe's p is the level at which the upper end reaches 0", "[comparison]") {
    const auto with = [](double confidence) {
        Options options;
        options.confidence = confidence;
        return compare(metric_named("accuracy"), scalar(0.9, std::nullopt, 400),
                       scalar(0.86, std::nullopt, 300), absolute(0.01), options);
    };
    const double p = *with(0.95).p_no_loss;
    CHECK(p > 0.01);
    CHECK(p < 0.2);
    CHECK_THAT(with(1.0 - p).interval->upper, WithinAbs(0.0, 1e-6));
}

TEST_CASE("newcombe is only for shares of successes with n on both sides", "[comparison]") {
    const auto method = [](const char* metric, const evidence::Scalar& baseline,
                           const evidence::Scalar& candidate) {
        return compare(metric_named(metric), baseline, candidate, absolute(0.1), Options{}).method;
    };
    const evidence::Scalar share = scalar(0.8, std::nullopt, 100);
    CHECK(method("recall", share, share) == "newcombe");
    CHECK(method("recall", share, scalar(0.8)) == "tolerance");
    CHECK(method("recall", share, scalar(1.2, std::nullopt, 100)) == "tolerance");
    CHECK(method("roc_auc", share, share) == "tolerance");
    CHECK(method("f1", share, share) == "tolerance");
    CHECK(method("recall", scalar(0.8, 0.1, 100), scalar(0.8, 0.1, 100)) == "z");
}

TEST_CASE("newcombe takes a relative margin of a small share", "[comparison]") {
    const Comparison result = compare(metric_named("accuracy"), scalar(0.04, std::nullopt, 50),
                                      scalar(0.06, std::nullopt, 50), relative(0.1), Options{});
    CHECK(result.problem.empty());
    CHECK(result.margin);
}

TEST_CASE("a recorded share of one example fewer than min_examples is insufficient on either side",
          "[comparison]") {
    Options options;
    options.min_examples = 50;
    const auto lack = [&](const evidence::Scalar& baseline, const evidence::Scalar& candidate) {
        return compare(metric_named("accuracy"), baseline, candidate, absolute(0.1), options)
            .insufficient;
    };
    const evidence::Scalar enough = scalar(0.8, std::nullopt, 50);
    const evidence::Scalar few = scalar(0.8, std::nullopt, 49);
    CHECK_FALSE(lack(enough, enough));
    REQUIRE(lack(enough, few));
    CHECK(lack(enough, few)->of == "examples");
    CHECK(lack(enough, few)->have == 49);
    CHECK(lack(enough, few)->need == 50);
    CHECK(lack(few, enough));
    CHECK_FALSE(lack(scalar(0.8), enough));  // nobody recorded how many
}

TEST_CASE("fewer examples of the candidate are told", "[comparison]") {
    const auto told = [](const evidence::Scalar& baseline, const evidence::Scalar& candidate) {
        return test::has_note(
            compare(metric_named("accuracy"), baseline, candidate, absolute(0.1), Options{}),
            "unequal_n");
    };
    CHECK(told(scalar(0.9, std::nullopt, 1000), scalar(0.9, std::nullopt, 800)));
    CHECK_FALSE(told(scalar(0.9, std::nullopt, 800), scalar(0.9, std::nullopt, 800)));
    CHECK_FALSE(told(scalar(0.9, std::nullopt, 800), scalar(0.9, std::nullopt, 1000)));
    CHECK_FALSE(told(scalar(0.9), scalar(0.9, std::nullopt, 800)));
}
