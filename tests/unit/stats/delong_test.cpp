#include "stats/delong.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

struct Scored {
    std::vector<double> baseline;
    std::vector<double> candidate;
    std::vector<std::uint8_t> positive;
};

Scored random_scores(std::size_t n, std::uint64_t levels) {
    Stream stream(3);
    Scored rows;
    for (std::size_t i = 0; i < n; ++i) {
        const bool positive = stream.below(10) < 3;
        const double shift = positive ? 0.3 : 0.0;
        const auto grid = static_cast<double>(levels);
        rows.positive.push_back(positive ? 1 : 0);
        rows.baseline.push_back(std::floor((stream.uniform() + shift) * grid) - grid / 2);
        rows.candidate.push_back(std::floor((stream.uniform() + shift) * grid) - grid / 2);
    }
    return rows;
}

std::vector<std::uint32_t> counted(const std::vector<double>& scores,
                                   const std::vector<std::uint8_t>& positive) {
    std::vector<std::uint32_t> result(scores.size(), 0);
    for (std::size_t i = 0; i < scores.size(); ++i) {
        for (std::size_t j = 0; j < scores.size(); ++j) {
            if (positive[i] == positive[j]) {
                continue;
            }
            const double ahead = positive[i] != 0 ? scores[i] - scores[j] : scores[j] - scores[i];
            result[i] += ahead > 0.0 ? 2U : ahead == 0.0 ? 1U : 0U;
        }
    }
    return result;
}

double sample_variance(const std::vector<double>& values) {
    double mean = 0.0;
    for (const double value : values) {
        mean += value / static_cast<double>(values.size());
    }
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return squares / static_cast<double>(values.size() - 1);
}

// The definition: sample variances of the contrasts of placement values, by class.
double defined_standard_error(const Scored& rows, double factor) {
    const auto b = counted(rows.baseline, rows.positive);
    const auto c = counted(rows.candidate, rows.positive);
    const auto n1 = static_cast<double>(std::ranges::count(rows.positive, 1));
    const double n0 = static_cast<double>(rows.positive.size()) - n1;
    std::vector<double> positives;
    std::vector<double> negatives;
    for (std::size_t i = 0; i < b.size(); ++i) {
        const double contrast = c[i] - factor * b[i];
        if (rows.positive[i] != 0) {
            positives.push_back(contrast / (2 * n0));
        } else {
            negatives.push_back(contrast / (2 * n1));
        }
    }
    return std::sqrt(sample_variance(positives) / n1 + sample_variance(negatives) / n0);
}

}  // namespace

TEST_CASE("placements count what every pair of examples says", "[stats]") {
    for (const std::uint64_t levels : {3ULL, 40ULL, 1000000ULL}) {
        for (const std::size_t n : {std::size_t{60}, std::size_t{1500}}) {
            const Scored rows = random_scores(n, levels);
            CHECK(placements(rows.candidate, rows.positive) ==
                  counted(rows.candidate, rows.positive));
        }
    }
}

TEST_CASE("placements follow their rows into another order", "[stats]") {
    Scored rows = random_scores(5000, 300);
    const auto expected = placements(rows.candidate, rows.positive);
    std::vector<std::size_t> order(rows.positive.size());
    Stream stream(4);
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    for (std::size_t i = order.size(); i > 1; --i) {
        std::swap(order[i - 1], order[stream.below(i)]);
    }
    Scored shuffled;
    for (const std::size_t row : order) {
        shuffled.baseline.push_back(rows.baseline[row]);
        shuffled.candidate.push_back(rows.candidate[row]);
        shuffled.positive.push_back(rows.positive[row]);
    }
    const auto moved = placements(shuffled.candidate, shuffled.positive);
    for (std::size_t i = 0; i < order.size(); ++i) {
        REQUIRE(moved[i] == expected[order[i]]);
    }
    const auto one =
        paired_delong(placements(rows.baseline, rows.positive), expected, rows.positive, 0.97);
    const auto other = paired_delong(placements(shuffled.baseline, shuffled.positive), moved,
                                     shuffled.positive, 0.97);
    CHECK(one.difference == other.difference);
    CHECK(one.standard_error == other.standard_error);
    CHECK(one.candidate_standard_error == other.candidate_standard_error);
}

TEST_CASE("zeros of both signs and infinite scores are ranked", "[stats]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::vector<double> scores{-0.0, 0.0, infinity, -infinity};
    CHECK(placements(scores, std::vector<std::uint8_t>{1, 0, 1, 0}) ==
          std::vector<std::uint32_t>{3, 3, 4, 4});
}

TEST_CASE("the standard error of the contrast is the definition's", "[stats]") {
    const Scored rows = random_scores(400, 30);
    const auto b = placements(rows.baseline, rows.positive);
    const auto c = placements(rows.candidate, rows.positive);
    for (const double factor : {1.0, 0.95, 0.5, 0.0, -1.0, 1.02}) {
        const AucEstimate estimate = paired_delong(b, c, rows.positive, factor);
        INFO("factor " << factor);
        CHECK_THAT(estimate.standard_error, WithinRel(defined_standard_error(rows, factor), 1e-12));
        CHECK_THAT(estimate.difference,
                   WithinAbs(estimate.candidate - factor * estimate.baseline, 1e-15));
    }
    const AucEstimate alone = paired_delong(b, c, rows.positive, 0.0);
    CHECK_THAT(alone.standard_error, WithinRel(alone.candidate_standard_error, 1e-12));
}

TEST_CASE("sums from scores are the sums of placements", "[stats]") {
    const Scored rows = random_scores(20'000, 3000);
    const auto b = placements(rows.baseline, rows.positive);
    const auto c = placements(rows.candidate, rows.positive);
    const PlacementSums both = paired_placements(rows.baseline, rows.candidate, rows.positive);
    for (const double factor : {1.0, 0.95, 0.0}) {
        const AucEstimate streamed = both.estimate(factor);
        const AucEstimate kept = paired_delong(b, c, rows.positive, factor);
        CHECK(streamed.difference == kept.difference);
        CHECK(streamed.standard_error == kept.standard_error);
        CHECK(streamed.baseline_standard_error == kept.baseline_standard_error);
        CHECK(streamed.positives == kept.positives);
    }
    const AucEstimate own = own_placements(rows.baseline, rows.positive).estimate();
    CHECK(own.candidate == both.estimate().baseline);
    CHECK(own.candidate_standard_error == both.estimate().baseline_standard_error);
    CHECK(own.standard_error == 0.0);
}

TEST_CASE("identical scores differ by exactly nothing", "[stats]") {
    const Scored rows = random_scores(200, 1000);
    const auto placed = placements(rows.baseline, rows.positive);
    const AucEstimate estimate = paired_delong(placed, placed, rows.positive);
    CHECK(estimate.difference == 0.0);
    CHECK(estimate.standard_error == 0.0);
    CHECK(estimate.candidate_standard_error > 0.0);
}

TEST_CASE("separated and tied scores have areas of exactly 1, 0 and one half", "[stats]") {
    const std::vector<std::uint8_t> positive{1, 1, 0, 0, 0};
    const auto above = placements(std::vector<double>{5, 4, 3, 2, 1}, positive);
    const auto below = placements(std::vector<double>{1, 2, 3, 4, 5}, positive);
    const auto tied = placements(std::vector<double>{7, 7, 7, 7, 7}, positive);
    const AucEstimate best = paired_delong(below, above, positive);
    CHECK(best.candidate == 1.0);
    CHECK(best.baseline == 0.0);
    CHECK(best.difference == 1.0);
    CHECK(best.standard_error == 0.0);  // degenerate: the caller must not take it for certainty
    const AucEstimate even = paired_delong(above, tied, positive);
    CHECK(even.candidate == 0.5);
    CHECK(even.candidate_standard_error == 0.0);
}

TEST_CASE("one class, one example of a class, or nothing have no standard error", "[stats]") {
    const std::vector<double> scores{0.1, 0.2, 0.3};
    const std::vector<std::uint8_t> all_positive{1, 1, 1};
    const auto placed = placements(scores, all_positive);
    CHECK(placed == std::vector<std::uint32_t>{0, 0, 0});
    const AucEstimate none = paired_delong(placed, placed, all_positive);
    CHECK(none.negatives == 0);
    CHECK(std::isinf(none.standard_error));
    const std::vector<std::uint8_t> single{1, 0, 0};
    const auto ranked = placements(scores, single);
    const AucEstimate one = paired_delong(ranked, ranked, single);
    CHECK(one.positives == 1);
    CHECK(one.candidate == 0.0);
    CHECK(std::isinf(one.standard_error));
    CHECK(std::isinf(one.candidate_standard_error));
    CHECK(placements({}, {}).empty());
    CHECK(std::isinf(paired_delong({}, {}, {}).standard_error));
}

TEST_CASE("integer sums hold for placements as large as two billion examples give", "[stats]") {
    // Placements of 2^32 - 2 appear with 2^31 - 1 examples of the other class; only their sums are
    // at stake here, so few rows suffice.
    const std::uint32_t largest = std::numeric_limits<std::uint32_t>::max() - 1;
    const std::vector<std::uint8_t> positive{1, 1, 0, 0};
    const std::vector<std::uint32_t> low{0, 0, 0, 0};
    const std::vector<std::uint32_t> high{largest, largest - 2, largest, largest - 2};
    const AucEstimate estimate = paired_delong(low, high, positive);
    // Sample variance of each class is 2; both terms are 2/(4 * 4 * 2).
    CHECK_THAT(estimate.standard_error, WithinRel(std::sqrt(2.0 * 2.0 / 32.0), 1e-15));
}
