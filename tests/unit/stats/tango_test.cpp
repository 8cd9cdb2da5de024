#include <cmath>
#include <limits>

#include "stats/distributions.h"
#include "stats/proportions.h"
#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

TEST_CASE("tango's score at no difference is the square root of mcnemar's chi-square", "[stats]") {
    CHECK_THAT(tango_score({12, 9, 1, 7}, 0.0), WithinRel(8.0 / std::sqrt(10.0), 1e-15));
    CHECK(tango_score({12, 0, 0, 7}, 0.0) == 0.0);
}

TEST_CASE("tango's score falls and is antisymmetric", "[stats]") {
    for (const PairedCounts& counts :
         {PairedCounts{12, 9, 1, 7}, {3, 0, 0, 2}, {0, 5, 0, 0}, {0, 0, 5, 1}, {90, 3, 7, 0}}) {
        const PairedCounts mirrored{counts.both, counts.baseline_only, counts.candidate_only,
                                    counts.neither};
        double last = std::numeric_limits<double>::infinity();
        for (double x = -0.999; x < 1.0; x += 0.001) {
            const double score = tango_score(counts, x);
            REQUIRE(score <= last);
            REQUIRE(score == -tango_score(mirrored, -x));
            last = score;
        }
    }
}

TEST_CASE("without discordant pairs tango's bounds are z^2/(n + z^2)", "[stats]") {
    const double z = normal_quantile(0.95);
    for (const std::uint64_t n : {1ULL, 50ULL, 200ULL, 1000000000ULL}) {
        const Interval interval = tango({n, 0, 0, 0}, 0.95);
        const double bound = z * z / (static_cast<double>(n) + z * z);
        CHECK_THAT(interval.lower, WithinRel(-bound, 1e-14));
        CHECK(interval.upper == -interval.lower);
    }
    CHECK_THAT(tango({200, 0, 0, 0}, 0.95).lower, WithinAbs(-0.0133, 5e-5));
}

TEST_CASE("with all pairs discordant one way tango reaches the end", "[stats]") {
    const double share = std::pow(normal_quantile(0.95), 2) / 20;
    const Interval gains = tango({0, 20, 0, 0}, 0.95);
    CHECK(gains.upper == 1.0);
    CHECK_THAT(gains.lower, WithinRel((1 - share) / (1 + share), 1e-13));
    const Interval losses = tango({0, 0, 20, 0}, 0.95);
    CHECK(losses.lower == -1.0);
    CHECK(losses.upper == -gains.lower);
}

TEST_CASE("tango's interval of a single pair is wide and holds its estimate", "[stats]") {
    CHECK(tango({1, 0, 0, 0}, 0.95).lower < -0.7);
    CHECK(tango({0, 0, 1, 0}, 0.95).lower == -1.0);
    CHECK(tango({0, 0, 1, 0}, 0.95).upper > 0.0);
    CHECK(tango({0, 1, 0, 0}, 0.95).upper == 1.0);
}

TEST_CASE("tango of no pairs says nothing", "[stats]") {
    const Interval nothing = tango({0, 0, 0, 0}, 0.95);
    CHECK(nothing.lower == -1.0);
    CHECK(nothing.upper == 1.0);
    CHECK(tango_p_no_loss({0, 0, 0, 0}) == 1.0);
}

TEST_CASE("tango's bounds are where the score is z, in the last digits", "[stats]") {
    Stream stream(31);
    for (int round = 0; round < 2000; ++round) {
        const PairedCounts counts{stream.below(1000), stream.below(50), stream.below(50),
                                  1 + stream.below(300)};
        for (const double confidence : {0.9, 0.95, 0.995}) {
            const double z = normal_quantile(confidence);
            const Interval interval = tango(counts, confidence);
            REQUIRE(interval.lower <= counts.difference());
            REQUIRE(interval.upper >= counts.difference());
            REQUIRE_THAT(tango_score(counts, interval.lower), WithinAbs(z, 1e-11));
            REQUIRE_THAT(tango_score(counts, interval.upper), WithinAbs(-z, 1e-11));
        }
    }
}

TEST_CASE("tango's p of no loss is the level at which the upper bound reaches zero", "[stats]") {
    const PairedCounts counts{800, 20, 35, 145};
    const double p = tango_p_no_loss(counts);
    CHECK_THAT(p, WithinRel(normal_cdf(-15.0 / std::sqrt(55.0)), 1e-14));
    CHECK_THAT(tango(counts, 1.0 - p).upper, WithinAbs(0.0, 1e-9));
    CHECK(tango_p_no_loss({10, 0, 0, 0}) == 1.0);
    CHECK(tango_p_no_loss({10, 3, 3, 0}) == 0.5);
}

// Operating characteristics: a tenth of a percent, by enumeration of all (b, c)
// within 8 standard deviations, no simulation. disc 0.06, margin 1pp, a = 0.05.
TEST_CASE("tango's exact operating characteristics are those of the table", "[stats]") {
    struct Row {
        std::uint64_t n;
        double difference, confirmed, regressed, pass;
    };
    const double z = normal_quantile(0.95);
    for (const Row& row : {Row{300, 0.0, 0.9, 4.9, 16.5}, Row{300, -0.01, 4.9, 17.0, 4.8},
                           Row{300, -0.02, 17.4, 40.8, 0.9}, Row{300, -0.03, 42.3, 70.2, 0.1},
                           Row{1000, 0.0, 0.2, 5.0, 35.4}, Row{1000, -0.01, 5.0, 36.1, 4.9},
                           Row{1000, -0.02, 36.9, 83.4, 0.2}, Row{1000, -0.03, 84.8, 99.1, 0.0},
                           Row{3000, 0.0, 0.0, 1.4, 71.8}, Row{3000, -0.01, 5.0, 51.4, 5.0},
                           Row{3000, -0.02, 73.3, 98.9, 0.0}, Row{3000, -0.03, 99.9, 100.0, 0.0}}) {
        const auto n = static_cast<double>(row.n);
        const double gain = (0.06 + row.difference) / 2.0;
        const double loss = (0.06 - row.difference) / 2.0;
        const double most = n * loss + 8.0 * std::sqrt(n * loss);
        double confirmed = 0.0;
        double regressed = 0.0;
        double pass = 0.0;
        for (double b = 0.0; b <= most; b += 1.0) {
            for (double c = 0.0; c <= most; c += 1.0) {
                const double rest = n - b - c;
                const double probability =
                    std::exp(std::lgamma(n + 1.0) - std::lgamma(b + 1.0) - std::lgamma(c + 1.0) -
                             std::lgamma(rest + 1.0) + b * std::log(gain) + c * std::log(loss) +
                             rest * std::log(0.94));
                const PairedCounts counts{static_cast<std::uint64_t>(rest),
                                          static_cast<std::uint64_t>(b),
                                          static_cast<std::uint64_t>(c), 0};
                const double at_margin = tango_score(counts, -0.01);
                const bool real = tango_score(counts, 0.0) < -z;
                const bool reaches_margin = 100.0 * (c - b) >= n;
                confirmed += at_margin < -z ? probability : 0.0;
                pass += at_margin > z ? probability : 0.0;
                regressed += real && reaches_margin ? probability : 0.0;
            }
        }
        INFO("n " << row.n << ", true difference " << row.difference);
        CHECK_THAT(100.0 * confirmed, WithinAbs(row.confirmed, 0.1));
        CHECK_THAT(100.0 * regressed, WithinAbs(row.regressed, 0.1));
        CHECK_THAT(100.0 * pass, WithinAbs(row.pass, 0.1));
    }
}
