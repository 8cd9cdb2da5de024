#include "stats/hodges_lehmann.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "stats/distributions.h"
#include "stats/rank_sums.h"

namespace metricgate::stats {

namespace {

// Beyond this many values the normal distribution of the counts is as good.
constexpr std::size_t most_exact = 60;

// Doubles in the order of their values as integers, so that halving finds one that occurs.
std::int64_t place_of(double value) {
    const auto bits = std::bit_cast<std::int64_t>(value + 0.0);
    return bits < 0 ? std::numeric_limits<std::int64_t>::min() - bits : bits;
}

double value_at(std::int64_t place) {
    return std::bit_cast<double>(place < 0 ? std::numeric_limits<std::int64_t>::min() - place
                                           : place);
}

std::vector<double> cumulative(std::vector<double> chances) {
    std::partial_sum(chances.begin(), chances.end(), chances.begin());
    return chances;
}

std::vector<std::uint64_t> ranks_up_to(std::size_t n) {
    std::vector<std::uint64_t> ranks(n);
    std::iota(ranks.begin(), ranks.end(), std::uint64_t{1});
    return ranks;
}

}  // namespace

HodgesLehmann HodgesLehmann::of_averages(std::span<const double> values) {
    assert(!values.empty());
    HodgesLehmann result;
    result.m_first.assign(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    const std::uint64_t size = values.size();
    result.m_pairs = size * (size + 1) / 2;
    result.m_mean = n * (n + 1.0) / 4.0;
    result.m_spread = std::sqrt(n * (n + 1.0) * (2.0 * n + 1.0) / 24.0);
    if (values.size() <= most_exact) {
        result.m_chances = cumulative(signed_sum_chances(ranks_up_to(values.size())));
    }
    result.prepare();
    return result;
}

HodgesLehmann HodgesLehmann::of_differences(std::span<const double> x, std::span<const double> y) {
    assert(!x.empty() && !y.empty());
    HodgesLehmann result;
    result.m_averages = false;
    result.m_first.assign(x.begin(), x.end());
    result.m_second.assign(y.begin(), y.end());
    const auto n = static_cast<double>(x.size());
    const auto m = static_cast<double>(y.size());
    result.m_pairs = std::uint64_t{x.size()} * y.size();
    result.m_mean = n * m / 2.0;
    result.m_spread = std::sqrt(n * m * (n + m + 1.0) / 12.0);
    if (x.size() + y.size() <= most_exact) {
        const auto chances = drawn_sum_chances(ranks_up_to(x.size() + y.size()), x.size());
        const std::size_t least = x.size() * (x.size() + 1) / 2;
        result.m_chances =
            cumulative({chances.begin() + static_cast<std::ptrdiff_t>(least),
                        chances.begin() + static_cast<std::ptrdiff_t>(least + result.m_pairs + 1)});
    }
    result.prepare();
    return result;
}

void HodgesLehmann::prepare() {
    std::ranges::sort(m_first);
    std::ranges::sort(m_second);
    const double lower = ordered((m_pairs + 1) / 2);
    const double upper = m_pairs % 2 == 1 ? lower : ordered(m_pairs / 2 + 1);
    m_estimate = lower == upper ? lower : std::midpoint(lower, upper);
}

// How many of the numbers are at most `value`. Each grows with either of its parts, also when
// rounded, so that the partners that are small enough only get fewer.
std::uint64_t HodgesLehmann::count_up_to(double value) const {
    std::uint64_t count = 0;
    if (m_averages) {
        std::size_t partners = m_first.size();
        for (std::size_t i = 0; i < m_first.size(); ++i) {
            while (partners > 0 && std::midpoint(m_first[i], m_first[partners - 1]) > value) {
                --partners;
            }
            count += partners > i ? partners - i : 0;
        }
        return count;
    }
    std::size_t too_small = 0;  // of the second, whose difference is above the value
    for (const double x : m_first) {
        while (too_small < m_second.size() && x - m_second[too_small] > value) {
            ++too_small;
        }
        count += m_second.size() - too_small;
    }
    return count;
}

double HodgesLehmann::ordered(std::uint64_t rank) const {
    const double lowest = m_averages ? m_first.front() : m_first.front() - m_second.back();
    const double highest = m_averages ? m_first.back() : m_first.back() - m_second.front();
    std::int64_t below = place_of(lowest);
    std::int64_t reached = place_of(highest);
    if (count_up_to(lowest) >= rank) {
        return lowest;
    }
    while (true) {
        const std::int64_t middle = std::midpoint(below, reached);  // rounds towards `below`
        if (middle == below) {
            return value_at(reached);
        }
        if (count_up_to(value_at(middle)) >= rank) {
            reached = middle;
        } else {
            below = middle;
        }
    }
}

double HodgesLehmann::chance_up_to(double count) const {
    if (count < 0.0) {
        return 0.0;
    }
    if (!m_chances.empty()) {
        const auto last = static_cast<double>(m_chances.size() - 1);
        return std::min(1.0, m_chances[static_cast<std::size_t>(std::min(count, last))]);
    }
    return count >= static_cast<double>(m_pairs) ? 1.0
                                                 : normal_cdf((count + 0.5 - m_mean) / m_spread);
}

std::optional<Interval> HodgesLehmann::interval(double confidence) const {
    assert(confidence >= 0.5 && confidence < 1.0);
    const double level = 1.0 - confidence;
    // The largest rank k with P(statistic < k) <= level.
    std::uint64_t reached = 0;
    std::uint64_t beyond = m_pairs / 2 + 2;
    while (beyond - reached > 1) {
        const std::uint64_t rank = reached + (beyond - reached) / 2;
        if (chance_up_to(static_cast<double>(rank) - 1.0) <= level) {
            reached = rank;
        } else {
            beyond = rank;
        }
    }
    if (reached == 0) {
        return std::nullopt;
    }
    const std::uint64_t rank = std::min(reached, (m_pairs + 1) / 2);
    return Interval{ordered(rank), ordered(m_pairs + 1 - rank), confidence};
}

double HodgesLehmann::p_not_negative() const {
    const double just_below = -std::numeric_limits<double>::denorm_min();
    const std::uint64_t below = count_up_to(just_below);
    return chance_up_to(static_cast<double>(m_pairs - below));
}

}  // namespace metricgate::stats
