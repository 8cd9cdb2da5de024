#include "stats/means.h"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool same(const MeanEstimate& left, const MeanEstimate& right) {
    return left.mean == right.mean && left.standard_error == right.standard_error &&
           left.degrees_of_freedom == right.degrees_of_freedom;
}

struct Rows {
    std::vector<double> x;
    std::vector<double> weight;
    std::vector<std::uint32_t> cluster;

    void shuffle(Stream& stream) {
        for (std::size_t i = x.size(); i > 1; --i) {
            const std::size_t j = stream.below(i);
            std::swap(x[i - 1], x[j]);
            std::swap(weight[i - 1], weight[j]);
            std::swap(cluster[i - 1], cluster[j]);
        }
    }
};

Rows random_rows(std::size_t n, std::uint64_t clusters) {
    Stream stream(17);
    Rows rows;
    for (std::size_t i = 0; i < n; ++i) {
        rows.x.push_back((stream.uniform() - 0.3) * std::ldexp(1.0, int(stream.below(30))));
        rows.weight.push_back(stream.below(10) == 0 ? 0.0 : stream.uniform());
        rows.cluster.push_back(static_cast<std::uint32_t>(stream.below(clusters)));
    }
    return rows;
}

}  // namespace

TEST_CASE("independent estimates add up as Welch's two samples do", "[stats]") {
    const std::vector<double> x = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    const std::vector<double> y = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7};
    for (const double factor : {1.0, 0.95, 1.1}) {
        const MeanEstimate whole = welch(x, y, factor);
        const MeanEstimate joined = independent_difference(paired_mean(x), paired_mean(y), factor);
        CHECK_THAT(joined.mean, WithinAbs(whole.mean, 1e-14));
        CHECK_THAT(joined.standard_error, WithinAbs(whole.standard_error, 1e-14));
        CHECK_THAT(joined.degrees_of_freedom, WithinAbs(whole.degrees_of_freedom, 1e-10));
    }
}

TEST_CASE("independent estimates without a known error or without spread say so", "[stats]") {
    const MeanEstimate known{1.0, 0.5, 9.0};
    const MeanEstimate unknown = paired_mean(std::vector<double>{2.0});
    CHECK(std::isinf(independent_difference(known, unknown).standard_error));
    const MeanEstimate constant{1.0, 0.0, 9.0};
    CHECK(independent_difference(constant, constant).standard_error == 0.0);
    // Infinite degrees are the normal distribution.
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(independent_difference({1.0, 0.5, infinite}, {0.0, 0.5, infinite}).degrees_of_freedom ==
          infinite);
}

TEST_CASE("the paired mean is the mean with s over root n", "[stats]") {
    const MeanEstimate estimate = paired_mean(std::vector<double>{1.0, 2.0, 3.0, 6.0});
    CHECK(estimate.mean == 3.0);
    CHECK_THAT(estimate.standard_error, WithinRel(std::sqrt(14.0 / 3 / 4), 1e-15));
    CHECK(estimate.degrees_of_freedom == 3.0);
}

TEST_CASE("row order does not move a bit of any mean", "[stats]") {
    Rows rows = random_rows(3000, 200);
    const MeanEstimate paired = paired_mean(rows.x);
    const MeanEstimate weighted = weighted_mean(rows.x, rows.weight);
    const MeanEstimate clustered = clustered_mean(rows.x, rows.weight, rows.cluster, 200);
    const MeanEstimate unweighted = clustered_mean(rows.x, {}, rows.cluster, 200);
    const MeanEstimate independent = welch(rows.x, rows.weight, 0.9);
    Stream stream(18);
    for (int round = 0; round < 10; ++round) {
        rows.shuffle(stream);
        CHECK(same(paired_mean(rows.x), paired));
        CHECK(same(weighted_mean(rows.x, rows.weight), weighted));
        CHECK(same(clustered_mean(rows.x, rows.weight, rows.cluster, 200), clustered));
        CHECK(same(clustered_mean(rows.x, {}, rows.cluster, 200), unweighted));
        CHECK(same(welch(rows.x, rows.weight, 0.9), independent));
    }
}

TEST_CASE("the codes of clusters do not move a bit of the clustered mean", "[stats]") {
    Rows rows = random_rows(500, 40);
    const MeanEstimate before = clustered_mean(rows.x, rows.weight, rows.cluster, 40);
    for (std::uint32_t& code : rows.cluster) {
        code = 39 - code;
    }
    CHECK(same(clustered_mean(rows.x, rows.weight, rows.cluster, 40), before));
}

TEST_CASE("clusters of one example each are the paired mean", "[stats]") {
    const Rows rows = random_rows(300, 2);
    std::vector<std::uint32_t> own(rows.x.size());
    for (std::size_t i = 0; i < own.size(); ++i) {
        own[i] = static_cast<std::uint32_t>(i);
    }
    const MeanEstimate clustered = clustered_mean(rows.x, {}, own, own.size());
    const MeanEstimate paired = paired_mean(rows.x);
    CHECK(clustered.mean == paired.mean);
    CHECK_THAT(clustered.standard_error, WithinRel(paired.standard_error, 1e-14));
    CHECK(clustered.degrees_of_freedom == paired.degrees_of_freedom);
}

TEST_CASE("equal weights give the paired mean, and their scale does not matter", "[stats]") {
    const Rows rows = random_rows(300, 2);
    const MeanEstimate paired = paired_mean(rows.x);
    for (const double weight : {1.0, 0.125, 0x1p-700, 0x1p+900}) {
        const std::vector<double> weights(rows.x.size(), weight);
        const MeanEstimate weighted = weighted_mean(rows.x, weights);
        CHECK_THAT(weighted.mean, WithinRel(paired.mean, 1e-15));
        CHECK_THAT(weighted.standard_error, WithinRel(paired.standard_error, 1e-14));
        CHECK(weighted.degrees_of_freedom == paired.degrees_of_freedom);
    }
}

TEST_CASE("the weighted clustered mean is CR1 written out", "[stats]") {
    const std::vector<double> x{1.0, 2.0, 4.0, 3.0, -1.0};
    const std::vector<double> w{1.0, 2.0, 1.0, 0.5, 1.5};
    const std::vector<std::uint32_t> g{0, 0, 2, 2, 5};
    const double total = 6.0;
    const double mean = (1.0 + 4.0 + 4.0 + 1.5 - 1.5) / total;
    const double a = (1.0 - mean) + 2.0 * (2.0 - mean);
    const double b = (4.0 - mean) + 0.5 * (3.0 - mean);
    const double c = 1.5 * (-1.0 - mean);
    std::size_t occupied = 0;
    const MeanEstimate estimate = clustered_mean(x, w, g, 6, &occupied);
    CHECK(occupied == 3);
    CHECK(estimate.degrees_of_freedom == 2.0);
    CHECK_THAT(estimate.mean, WithinRel(mean, 1e-15));
    CHECK_THAT(estimate.standard_error,
               WithinRel(std::sqrt(1.5 * (a * a + b * b + c * c)) / total, 1e-14));
}

TEST_CASE("an example of weight zero does not count", "[stats]") {
    const MeanEstimate with = weighted_mean(std::vector<double>{1.0, 2.0, 99.0, 4.0},
                                            std::vector<double>{1.0, 2.0, 0.0, 1.0});
    const MeanEstimate without =
        weighted_mean(std::vector<double>{1.0, 2.0, 4.0}, std::vector<double>{1.0, 2.0, 1.0});
    CHECK(same(with, without));
    std::size_t occupied = 0;
    const std::vector<std::uint32_t> cluster{0, 1, 2, 1};
    clustered_mean(std::vector<double>{1.0, 2.0, 99.0, 4.0},
                   std::vector<double>{1.0, 2.0, 0.0, 1.0}, cluster, 3, &occupied);
    CHECK(occupied == 2);
}

TEST_CASE("empty clusters are not counted", "[stats]") {
    std::size_t occupied = 0;
    const std::vector<std::uint32_t> cluster{7, 7, 3};
    const MeanEstimate estimate =
        clustered_mean(std::vector<double>{1.0, 2.0, 6.0}, {}, cluster, 100, &occupied);
    CHECK(occupied == 2);
    CHECK(estimate.degrees_of_freedom == 1.0);
}

TEST_CASE("a single example has a mean and no known uncertainty", "[stats]") {
    const std::vector<double> one{0.25};
    const std::vector<double> weight{2.0};
    const std::vector<std::uint32_t> cluster{0};
    for (const MeanEstimate& estimate :
         {paired_mean(one), weighted_mean(one, weight), clustered_mean(one, {}, cluster, 1)}) {
        CHECK(estimate.mean == 0.25);
        CHECK(estimate.standard_error == infinity);
        CHECK(estimate.interval(0.95).lower == -infinity);
        CHECK(estimate.interval(0.95).upper == infinity);
        CHECK(estimate.p_not_negative() == 1.0);
    }
    CHECK(welch(one, std::vector<double>{1.0, 2.0}).standard_error == infinity);
}

TEST_CASE("one occupied cluster has no known uncertainty", "[stats]") {
    const std::vector<std::uint32_t> cluster{1, 1, 1};
    const MeanEstimate estimate =
        clustered_mean(std::vector<double>{1.0, 2.0, 6.0}, {}, cluster, 2);
    CHECK(estimate.mean == 3.0);
    CHECK(estimate.standard_error == infinity);
}

TEST_CASE("equal values have their own mean and a standard error of exactly zero", "[stats]") {
    for (const double value : {0.1, -0.3, 1e300, 1e-310, 0.0}) {
        const std::vector<double> equal(49, value);
        const std::vector<double> weights(49, 0.3);
        std::vector<std::uint32_t> cluster(49);
        for (std::uint32_t i = 0; i < 49; ++i) {
            cluster[i] = i % 5;
        }
        for (const MeanEstimate& estimate : {paired_mean(equal), weighted_mean(equal, weights),
                                             clustered_mean(equal, weights, cluster, 5)}) {
            CHECK(estimate.mean == value);
            CHECK(estimate.standard_error == 0.0);
            CHECK(estimate.interval(0.95).lower == value);
            CHECK(estimate.interval(0.95).upper == value);
            CHECK(estimate.p_not_negative() == (value < 0.0 ? 0.0 : 1.0));
        }
        CHECK(welch(equal, equal).mean == 0.0);
        CHECK(welch(equal, equal).standard_error == 0.0);
    }
}

TEST_CASE("huge and tiny values neither overflow nor vanish", "[stats]") {
    const std::vector<double> plain{1.0, 2.0, 3.0, 6.0};
    const MeanEstimate expected = paired_mean(plain);
    for (const double scale : {0x1p+1020, 0x1p-1000}) {
        std::vector<double> scaled;
        for (const double value : plain) {
            scaled.push_back(scale * value);
        }
        CHECK(paired_mean(scaled).mean == scale * expected.mean);
        CHECK_THAT(paired_mean(scaled).standard_error / scale,
                   WithinRel(expected.standard_error, 1e-14));
        CHECK(std::isfinite(welch(scaled, scaled).standard_error));
    }
}

TEST_CASE("welch with a factor is welch of the scaled side", "[stats]") {
    const std::vector<double> x{0.9, 0.92, 0.91, 0.95};
    const std::vector<double> y{0.8, 0.84, 0.9};
    const std::vector<double> doubled{1.6, 1.68, 1.8};
    const MeanEstimate scaled = welch(x, doubled);
    const MeanEstimate estimate = welch(x, y, 2.0);
    CHECK_THAT(estimate.mean, WithinRel(scaled.mean, 1e-14));
    CHECK_THAT(estimate.standard_error, WithinRel(scaled.standard_error, 1e-14));
    CHECK_THAT(estimate.degrees_of_freedom, WithinRel(scaled.degrees_of_freedom, 1e-14));
    CHECK_THAT(welch(x, y, 0.0).standard_error, WithinRel(paired_mean(x).standard_error, 1e-14));
    CHECK_THAT(welch(x, y, 0.0).degrees_of_freedom, WithinRel(3.0, 1e-14));
}

TEST_CASE("the one-sided p is the level at which the upper bound reaches zero", "[stats]") {
    const MeanEstimate estimate = paired_mean(std::vector<double>{-1.0, -2.0, 0.5, -0.7, -1.1});
    const double p = estimate.p_not_negative();
    REQUIRE((p > 0.0 && p < 0.5));
    CHECK_THAT(estimate.interval(1.0 - p).upper, WithinAbs(0.0, 1e-12));
}

TEST_CASE("the bias-reduced clustered mean is CR2 with Satterthwaite's degrees", "[stats]") {
    // numpy 2.4.6: CR2 from (I - H)^-1/2 by eigenvalues, degrees from those of its matrix under
    // independent examples.
    const std::vector<double> x{1.0, 2.0, 4.0, 3.0, -1.0, 0.5, 2.5, 3.5, 1.5, -2.0, 0.0, 7.0};
    const std::vector<std::uint32_t> g{0, 0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 4};
    const MeanEstimate estimate = bias_reduced_clustered_mean(x, {}, g, 5);
    CHECK_THAT(estimate.mean, WithinAbs(1.8333333333333333, 1e-12));
    CHECK_THAT(estimate.standard_error, WithinAbs(0.7487603993549177, 1e-12));
    CHECK_THAT(estimate.degrees_of_freedom, WithinAbs(2.736377342235624, 1e-9));
    const std::vector<double> weights(x.size(), 3.0);
    const MeanEstimate weighted = bias_reduced_clustered_mean(x, weights, g, 5);
    CHECK_THAT(weighted.standard_error, WithinAbs(estimate.standard_error, 1e-12));
    CHECK_THAT(weighted.degrees_of_freedom, WithinAbs(estimate.degrees_of_freedom, 1e-9));
}

TEST_CASE("with clusters of one size CR2 is CR1 with t(G - 1)", "[stats]") {
    const std::vector<double> x{1.0, 2.0, 4.0, 3.0, -1.0, 0.5};
    const std::vector<std::uint32_t> g{0, 0, 1, 1, 2, 2};
    const MeanEstimate plain = clustered_mean(x, {}, g, 3);
    const MeanEstimate reduced = bias_reduced_clustered_mean(x, {}, g, 3);
    CHECK_THAT(reduced.standard_error, WithinAbs(plain.standard_error, 1e-12));
    CHECK_THAT(reduced.degrees_of_freedom, WithinAbs(2.0, 1e-12));
}

TEST_CASE("the bias-reduced mean of one cluster is unknown and of equal values certain",
          "[stats]") {
    const std::vector<std::uint32_t> one(3, 0);
    CHECK(bias_reduced_clustered_mean(std::vector<double>{1.0, 2.0, 3.0}, {}, one, 1)
              .standard_error == std::numeric_limits<double>::infinity());
    const std::vector<std::uint32_t> three{0, 1, 2};
    CHECK(bias_reduced_clustered_mean(std::vector<double>{4.0, 4.0, 4.0}, {}, three, 3)
              .standard_error == 0.0);
}

TEST_CASE("a cluster that outweighs all others leaves the mean without a known error", "[stats]") {
    const std::vector<double> x{1.0, 2.0, 3.0};
    const std::vector<std::uint32_t> three{0, 1, 2};
    const MeanEstimate estimate =
        bias_reduced_clustered_mean(x, std::vector<double>{1e25, 1.0, 1.0}, three, 3);
    CHECK(estimate.mean == 1.0);
    CHECK(estimate.standard_error == std::numeric_limits<double>::infinity());
    CHECK(estimate.p_not_negative() == 1.0);
}

TEST_CASE("there are no degrees of freedom where one unit is all there is", "[stats]") {
    CHECK_THAT(satterthwaite_degrees(std::vector<double>{2.0, 2.0, 2.0}), WithinRel(2.0, 1e-12));
    CHECK(std::isnan(satterthwaite_degrees(std::vector<double>{3.0})));
    CHECK(std::isnan(satterthwaite_degrees(std::vector<double>{1e25, 1.0})));
    CHECK(std::isnan(satterthwaite_degrees(std::vector<double>{0.0, 0.0})));
}
