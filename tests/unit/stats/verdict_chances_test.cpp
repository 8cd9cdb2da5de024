// The chances of a check's answers, of normal and t estimates and of paired outcomes.
#include <cmath>
#include <vector>

#include "stats/distributions.h"
#include "stats/power.h"
#include "stats/proportions.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

DecisionRule within(double margin) {
    return {.margin = margin};
}

/// Every (gained, lost) among n pairs, judged by the interval itself.
VerdictChances by_brute_force(const DecisionRule& rule, std::uint64_t n, double discordant,
                              double difference) {
    const double gain = 0.5 * (discordant + difference);
    const double loss = 0.5 * (discordant - difference);
    VerdictChances sum;
    for (std::uint64_t b = 0; b <= n; ++b) {
        for (std::uint64_t c = 0; b + c <= n; ++c) {
            const double p = binomial_pmf(b, n, gain) * binomial_pmf(c, n - b, loss / (1.0 - gain));
            PairedCounts counts;
            counts.candidate_only = b;
            counts.baseline_only = c;
            counts.both = n - b - c;
            const Interval interval = tango(counts, rule.confidence);
            if (interval.lower > -rule.margin) {
                sum.pass += p;
            } else if (interval.upper < 0.0 && counts.difference() <= -rule.margin + 1e-12) {
                sum.regressed += p;
                sum.confirmed += interval.upper < -rule.margin ? p : 0.0;
            } else {
                sum.inconclusive += p;
            }
        }
    }
    return sum;
}

void check_near(const VerdictChances& actual, const VerdictChances& wanted, double tolerance) {
    CHECK_THAT(actual.pass, WithinAbs(wanted.pass, tolerance));
    CHECK_THAT(actual.regressed, WithinAbs(wanted.regressed, tolerance));
    CHECK_THAT(actual.confirmed, WithinAbs(wanted.confirmed, tolerance));
    CHECK_THAT(actual.inconclusive, WithinAbs(wanted.inconclusive, tolerance));
}

}  // namespace

// The operating characteristics that the verdict rule was chosen by: paired accuracy, 6 % of pairs
// discordant, margin 1pp, in percent; all enumerated there with Tango's interval.
TEST_CASE("outcome chances are the published operating characteristics", "[stats]") {
    struct Row {
        std::uint64_t n;
        double difference, confirmed, regressed, pass, inconclusive;
    };
    const std::vector<Row> rows = {
        {300, 0.00, 0.9, 4.9, 16.5, 78.5},    {300, -0.01, 4.9, 17.0, 4.8, 78.2},
        {300, -0.02, 17.4, 40.8, 0.9, 58.3},  {300, -0.03, 42.3, 70.2, 0.1, 29.7},
        {1000, 0.00, 0.2, 5.0, 35.4, 59.6},   {1000, -0.01, 5.0, 36.1, 4.9, 59.0},
        {1000, -0.02, 36.9, 83.4, 0.2, 16.5}, {1000, -0.03, 84.8, 99.1, 0.0, 0.9},
        {3000, 0.00, 0.0, 1.4, 71.8, 26.8},   {3000, -0.01, 5.0, 51.4, 5.0, 43.6},
        {3000, -0.02, 73.3, 98.9, 0.0, 1.1},  {3000, -0.03, 99.9, 100.0, 0.0, 0.0},
    };
    for (const Row& row : rows) {
        INFO("n " << row.n << ", difference " << row.difference);
        const auto found = outcome_chances(within(0.01), row.n, 0.06, row.difference);
        REQUIRE(found);
        CHECK_THAT(100.0 * found->confirmed, WithinAbs(row.confirmed, 0.1));
        CHECK_THAT(100.0 * found->regressed, WithinAbs(row.regressed, 0.1));
        CHECK_THAT(100.0 * found->pass, WithinAbs(row.pass, 0.1));
        CHECK_THAT(100.0 * found->inconclusive, WithinAbs(row.inconclusive, 0.1));
    }
}

TEST_CASE("outcome chances equal those of judging every table by its interval", "[stats]") {
    for (const std::uint64_t n : {1ULL, 7ULL, 40ULL, 60ULL}) {
        for (const double margin : {0.02, 0.05, 0.3}) {
            for (const double difference : {0.0, -0.05, -0.15, 0.1}) {
                INFO("n " << n << ", margin " << margin << ", difference " << difference);
                const auto found = outcome_chances(within(margin), n, 0.2, difference);
                REQUIRE(found);
                check_near(*found, by_brute_force(within(margin), n, 0.2, difference), 1e-9);
            }
        }
    }
}

TEST_CASE("outcome chances hold at the ends of what outcomes can be", "[stats]") {
    // Without discordant pairs Tango's bound is -z^2/(n + z^2): -1.33pp at n = 200.
    CHECK(outcome_chances(within(0.013), 200, 0.0, 0.0)->inconclusive == 1.0);
    CHECK(outcome_chances(within(0.014), 200, 0.0, 0.0)->pass == 1.0);
    const auto everything = outcome_chances(within(0.5), 50, 0.1, -1.0);
    REQUIRE(everything);
    CHECK_THAT(everything->regressed, WithinAbs(1.0, 1e-12));
    const auto one_way = outcome_chances(within(0.01), 1000, 0.02, -0.05);
    REQUIRE(one_way);
    CHECK(one_way->regressed > 0.99);
    const auto wide = outcome_chances(within(1.5), 50, 0.3, -0.2);
    REQUIRE(wide);
    CHECK_THAT(wide->pass, WithinAbs(1.0, 1e-12));
    CHECK_FALSE(outcome_chances(within(0.01), 100000000, 0.3, 0.0));
}

TEST_CASE("a required improvement passes an unchanged model by chance alone", "[stats]") {
    DecisionRule rule;
    rule.improvement = true;
    const auto exact = outcome_chances(rule, 1000, 0.06, 0.0);
    REQUIRE(exact);
    CHECK_THAT(exact->pass, WithinAbs(0.05, 0.003));
    CHECK_THAT(exact->regressed, WithinAbs(0.05, 0.003));
    check_near(chances(rule, 0.0, 1.0, 1.0), {0.05, 0.05, 0.05, 0.9}, 1e-12);
}

// P(regressed) = Phi((-D - d)/se), P(pass) = Phi((m + d)/se - z), P(confirmed) = Phi((-m - d)/se -
// z).
TEST_CASE("normal chances follow the closed forms", "[stats]") {
    const double z = normal_quantile(0.95);
    for (const double margin : {0.5, 2.0, 5.0}) {
        for (const double difference : {0.0, -1.0, -2.0, -7.0}) {
            const VerdictChances found = chances(within(margin), difference, 1.0, 1.0);
            const double least = std::max(margin, z);
            CHECK_THAT(found.regressed, WithinAbs(normal_cdf(-least - difference), 1e-12));
            CHECK_THAT(found.pass, WithinAbs(normal_cdf(margin + difference - z), 1e-12));
            CHECK_THAT(found.confirmed, WithinAbs(normal_cdf(-margin - difference - z), 1e-12));
            CHECK_THAT(found.pass + found.regressed + found.inconclusive, WithinAbs(1.0, 1e-12));
        }
    }
}

TEST_CASE("the noise of a relative margin's baseline moves the pass, not the claim", "[stats]") {
    const VerdictChances plain = chances(within(2.0), 0.0, 1.0, 1.0);
    const VerdictChances noisy = chances(within(2.0), 0.0, 1.0, 1.5);
    CHECK(noisy.pass < plain.pass);
    CHECK(noisy.regressed == plain.regressed);
}

// scipy 1.17.1: pass and confirmed from stats.nct.cdf, regressed by integrate.quad of
// norm.cdf((min(-m, -t s) - d)/se) over the density of stats.chi.
TEST_CASE("t chances are those of the noncentral t distribution", "[stats]") {
    struct Row {
        double difference, error, margin, degrees, pass, regressed, confirmed;
    };
    const std::vector<Row> rows = {
        {0, 1, 2, 4, 0.504350, 0.015658, 0.000365},
        {-2, 1, 2, 4, 0.050000, 0.401457, 0.050000},
        {-4, 1, 2, 4, 0.000365, 0.936615, 0.504350},
        {0, 0.5, 1, 9, 0.580079, 0.019757, 0.000225},
        {-1, 0.5, 1, 9, 0.050000, 0.467244, 0.050000},
        {-3, 0.5, 1, 2, 0.000000, 0.970549, 0.803159},
        {0, 1, 1, 49, 0.255062, 0.050000, 0.004254},
    };
    for (const Row& row : rows) {
        INFO("difference " << row.difference << ", " << row.degrees << " degrees of freedom");
        const VerdictChances found =
            chances(within(row.margin), row.difference, row.error, row.error, row.degrees);
        CHECK_THAT(found.pass, WithinAbs(row.pass, 2e-4));
        CHECK_THAT(found.regressed, WithinAbs(row.regressed, 2e-4));
        CHECK_THAT(found.confirmed, WithinAbs(row.confirmed, 2e-4));
    }
}

TEST_CASE("the smallest blocked drop is blocked 80 % of the time", "[stats]") {
    for (const double margin : {0.5, 3.0}) {
        const double drop = smallest_blocked(1.0, margin, 0.95);
        CHECK_THAT(chances(within(margin), -drop, 1.0, 1.0).regressed, WithinAbs(0.8, 1e-9));
    }
}

// scipy 1.17.1: stats.nct.cdf(2, 5, 1.3), stats.chi2.ppf(.3, 4.5), stats.binom.pmf.
TEST_CASE("the distributions behind power are scipy's", "[stats]") {
    CHECK_THAT(noncentral_t_cdf(2.0, 5.0, 1.3), WithinAbs(0.6940313101332289, 1e-10));
    CHECK_THAT(chi_square_quantile(0.3, 4.5), WithinAbs(2.5939505448048084, 1e-10));
    CHECK_THAT(binomial_pmf(7, 30, 0.2), WithinAbs(0.15382069897321618, 1e-12));
    CHECK_THAT(binomial_pmf(50000, 1000000, 0.05), WithinAbs(0.0018304696617921013, 1e-10));
    CHECK(binomial_pmf(0, 5, 0.0) == 1.0);
    CHECK(binomial_pmf(4, 5, 1.0) == 0.0);
}
