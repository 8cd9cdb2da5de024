// Miettinen and Nurminen's score interval beside tests/reference.
#include <cmath>

#include "stats/distributions.h"
#include "stats/proportions.h"
#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("the score falls in the difference and is 0 at the estimate", "[stats]") {
    const TwoSamples samples{40, 50, 30, 60};
    CHECK_THAT(miettinen_nurminen_score(samples, 0.3), WithinAbs(0.0, 1e-12));
    double previous = miettinen_nurminen_score(samples, -0.99);
    for (double difference = -0.95; difference < 1.0; difference += 0.05) {
        const double score = miettinen_nurminen_score(samples, difference);
        CHECK(score < previous);
        previous = score;
    }
}

TEST_CASE("at no difference the score is the pooled z, reduced by N - 1", "[stats]") {
    const TwoSamples samples{40, 50, 30, 60};
    CHECK_THAT(miettinen_nurminen_score(samples, 0.0),
               WithinAbs(pooled_z(samples) * std::sqrt(109.0 / 110.0), 1e-9));
}

TEST_CASE("the interval of shares that are all 0 or all 1 has width", "[stats]") {
    for (const TwoSamples& samples :
         {TwoSamples{0, 10, 0, 10}, TwoSamples{10, 10, 10, 10}, TwoSamples{1, 1, 1, 1}}) {
        const Interval interval = miettinen_nurminen(samples, 0.95);
        CHECK((interval.lower < 0.0 && interval.lower >= -1.0));
        CHECK_THAT(interval.upper, WithinAbs(-interval.lower, 1e-12));
    }
    const Interval extreme = miettinen_nurminen({10, 10, 0, 10}, 0.95);
    CHECK((extreme.upper == 1.0 && extreme.lower > 0.5 && extreme.lower < 1.0));
}

TEST_CASE("a contrast with a factor is bounded where its score meets z", "[stats]") {
    const TwoSamples samples{83, 100, 72, 90};
    for (const double factor : {0.9, 1.0, 1.1}) {
        const Interval interval = miettinen_nurminen(samples, 0.95, factor);
        const double z = normal_quantile(0.95);
        CHECK_THAT(miettinen_nurminen_score(samples, interval.lower, factor), WithinAbs(z, 1e-9));
        CHECK_THAT(miettinen_nurminen_score(samples, interval.upper, factor), WithinAbs(-z, 1e-9));
        const double estimate = 0.83 - factor * 0.8;
        CHECK((interval.lower < estimate && estimate < interval.upper));
    }
}

TEST_CASE("the interval mirrors when samples change places", "[stats]") {
    const Interval interval = miettinen_nurminen({83, 100, 72, 90}, 0.95);
    const Interval mirrored = miettinen_nurminen({72, 90, 83, 100}, 0.95);
    CHECK_THAT(interval.lower, WithinAbs(-mirrored.upper, 1e-12));
    CHECK_THAT(interval.upper, WithinAbs(-mirrored.lower, 1e-12));
}

TEST_CASE("a pooled z without variation is 0", "[stats]") {
    CHECK(pooled_z({0, 5, 0, 7}) == 0.0);
    CHECK(pooled_z({5, 5, 7, 7}) == 0.0);
}

TEST_CASE("fisher's test of a table with one possible split is certain", "[stats]") {
    CHECK(fisher_exact({0, 5, 0, 7}) == 1.0);
    CHECK(fisher_exact({5, 5, 7, 7}) == 1.0);
    CHECK(fisher_exact({1, 1, 0, 1}) == 1.0);
    // The lady tasting tea (Fisher 1935): 3 of 4 right, p 34/70.
    CHECK_THAT(fisher_exact({3, 4, 1, 4}), WithinAbs(34.0 / 70.0, 1e-14));
    CHECK_THAT(fisher_exact({4, 4, 0, 4}), WithinAbs(2.0 / 70.0, 1e-14));
    CHECK(fisher_exact({5000, 5000, 0, 5000}) == 0.0);  // below every double
}
