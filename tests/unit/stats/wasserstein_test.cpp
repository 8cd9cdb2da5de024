// Values: tests/reference/drift.json (reference_drift.cpp).
#include "stats/wasserstein.h"

#include <vector>

#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("a shift of all values is the distance itself", "[stats]") {
    const std::vector<double> first{1, 2, 3};
    const std::vector<double> second{1.25, 2.25, 3.25};
    CHECK_THAT(wasserstein(first, second), WithinAbs(0.25, 1e-15));
    CHECK(wasserstein(first, first) == 0.0);
}

TEST_CASE("a weight of two is a value that stands twice, a weight of zero none", "[stats]") {
    const std::vector<double> values{1, 2, 9};
    const std::vector<double> weights{1, 2, 0};
    const std::vector<double> other{2, 4};
    CHECK_THAT(wasserstein(values, weights, other, {}),
               WithinAbs(wasserstein(std::vector<double>{1, 2, 2}, other), 1e-15));
}

TEST_CASE("the noise of uniform values is that of the Brownian bridge's area", "[stats]") {
    std::vector<double> values;
    for (int i = 0; i < 2000; ++i) {
        values.push_back((i + 0.5) / 2000.0);
    }
    // Mean sqrt(pi/32); upper 5 % point 0.5820 (Johnson and Killeen, 1983), the gamma 3 % below.
    const WassersteinNoise noise = wasserstein_noise(values, 2, 2, 0.05);
    CHECK_THAT(noise.mean, WithinAbs(0.31333, 5e-4));
    CHECK_THAT(noise.exceeded, WithinAbs(0.565, 0.005));
}

TEST_CASE("constants have no noise", "[stats]") {
    const WassersteinNoise noise = wasserstein_noise(std::vector<double>{4, 4, 4}, 2, 1, 0.05);
    CHECK(noise.mean == 0.0);
    CHECK(noise.exceeded == 0.0);
}
