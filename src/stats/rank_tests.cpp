#include "stats/rank_tests.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "stats/mid_ranks.h"
#include "stats/rank_sums.h"

namespace metricgate::stats {

namespace {

constexpr std::size_t most_exact = 100;

// The chance of a sum at least as far from `center` as `sum`; equal chances of mirrored sums may
// round apart, the distances are integers.
double as_far_out(const std::vector<double>& chances, double sum, double center) {
    const double distance = std::fabs(sum - center);
    ExactSum total;
    for (std::size_t at = 0; at < chances.size(); ++at) {
        if (std::fabs(static_cast<double>(at) - center) >= distance - 0.25) {
            total.add(chances[at]);
        }
    }
    return std::min(1.0, total.value());
}

double two_sided(double z) {
    return std::min(1.0, 2.0 * normal_cdf(-std::fabs(z)));
}

void fill_normal(double distance, double variance, RankTest& test) {
    if (!(variance > 0.0)) {
        return;
    }
    const double spread = std::sqrt(variance);
    test.p_normal = two_sided(distance / spread);
    test.p_normal_corrected = two_sided(std::max(0.0, std::fabs(distance) - 0.5) / spread);
}

}  // namespace

RankTest wilcoxon_signed_rank(std::span<const double> differences) {
    std::vector<double> sizes;
    std::vector<bool> positive;
    for (const double difference : differences) {
        if (difference != 0.0) {
            sizes.push_back(std::fabs(difference));
            positive.push_back(difference > 0.0);
        }
    }
    const MidRanks ranks = mid_ranks(sizes);
    std::uint64_t doubled = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        doubled += positive[i] ? ranks.doubled[i] : 0;
    }
    const auto n = static_cast<double>(sizes.size());
    RankTest test;
    test.statistic = static_cast<double>(doubled) / 2.0;
    test.n = sizes.size();
    fill_normal(test.statistic - n * (n + 1.0) / 4.0,
                n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - ranks.tie_term / 48.0, test);
    if (sizes.empty()) {
        test.p_exact = 1.0;
    } else if (sizes.size() <= most_exact) {
        const auto chances = signed_sum_chances(ranks.doubled);
        test.p_exact = as_far_out(chances, static_cast<double>(doubled),
                                  static_cast<double>(chances.size() - 1) / 2.0);
    }
    return test;
}

RankTest mann_whitney(std::span<const double> x, std::span<const double> y) {
    std::vector<double> all(x.begin(), x.end());
    all.insert(all.end(), y.begin(), y.end());
    const MidRanks ranks = mid_ranks(all);
    const auto own = std::span(ranks.doubled).first(x.size());
    const std::uint64_t doubled = std::accumulate(own.begin(), own.end(), std::uint64_t{0});
    const auto n = static_cast<double>(x.size());
    const auto m = static_cast<double>(y.size());
    RankTest test;
    test.n = x.size();
    test.other = y.size();
    test.statistic = static_cast<double>(doubled) / 2.0 - n * (n + 1.0) / 2.0;
    if (x.empty() || y.empty()) {
        test.p_exact = 1.0;
        return test;
    }
    const double total = n + m;
    fill_normal(test.statistic - n * m / 2.0,
                n * m / 12.0 * (total + 1.0 - ranks.tie_term / (total * (total - 1.0))), test);
    if (all.size() <= most_exact) {
        const auto chances = drawn_sum_chances(ranks.doubled, x.size());
        test.p_exact = as_far_out(chances, static_cast<double>(doubled), n * (total + 1.0));
    }
    return test;
}

}  // namespace metricgate::stats
