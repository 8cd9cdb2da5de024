#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

namespace {

double pass(double tried, double passed, int k) {
    return test::of_regression("{name: pass_at_k, k: " + std::to_string(k) + "}", {tried}, {passed})
        .number();
}

}  // namespace

TEST_CASE("pass_at_k is the chance that k of the n answers hold a right one", "[metrics]") {
    CHECK_THAT(pass(4, 1, 1), WithinAbs(0.25, 1e-15));
    CHECK_THAT(pass(4, 1, 2), WithinAbs(0.5, 1e-15));
    CHECK_THAT(pass(4, 2, 2), WithinAbs(1.0 - 1.0 / 6.0, 1e-15));
    CHECK(pass(4, 0, 2) == 0.0);
}

TEST_CASE("pass_at_k is 1 when fewer than k answers failed", "[metrics]") {
    CHECK(pass(4, 3, 2) == 1.0);
    CHECK(pass(4, 4, 1) == 1.0);
}

// tests/reference/pass_at_k.py: the program of Chen et al. 2021, and exact fractions of binomial
// coefficients.
TEST_CASE("pass_at_k agrees with the formula of the paper", "[metrics]") {
    CHECK_THAT(pass(200, 1, 10), WithinAbs(0.05, 1e-14));
    CHECK_THAT(pass(200, 13, 100), WithinAbs(0.9999194971988055, 1e-14));
    CHECK_THAT(pass(200, 180, 3), WithinAbs(0.9991320237551393, 1e-14));
    CHECK_THAT(pass(1000, 7, 1), WithinAbs(0.007, 1e-14));
    CHECK_THAT(pass(1000, 500, 2), WithinAbs(0.7502502502502503, 1e-14));
}

TEST_CASE("pass_at_k is no share of tries in a row: that would be too low", "[metrics]") {
    CHECK(pass(10, 5, 5) > 1.0 - 0.03125);
}

TEST_CASE("pass_at_k of several problems is the mean", "[metrics]") {
    CHECK_THAT(test::of_regression("{name: pass_at_k, k: 1}", {10.0, 20.0}, {10.0, 5.0}).number(),
               WithinAbs(0.625, 1e-15));
}

TEST_CASE("pass_at_k is undefined with fewer than k answers, and for what are no counts",
          "[metrics]") {
    const auto reason = [](double tried, double passed) {
        return test::of_regression("{name: pass_at_k, k: 5}", {tried}, {passed}).reason();
    };
    CHECK(reason(4, 1).find("fewer than `k` answers were tried") != std::string::npos);
    CHECK(reason(5, 6).find("more answers passed") != std::string::npos);
    CHECK(reason(5, 0.5).find("whole numbers") != std::string::npos);
    CHECK(reason(5, -1).find("whole numbers") != std::string::npos);
}
