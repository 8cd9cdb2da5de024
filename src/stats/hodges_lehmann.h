#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/interval.h"

namespace metricgate::stats {

/// Where one sample, or one sample against another, lies by ranks (Hodges and Lehmann, Annals of
/// Mathematical Statistics 34, 1963): the median of the averages of all pairs of one sample's
/// values (each value with itself, too), or of all differences x - y, and the interval between two
/// of these numbers that turns the rank test around. No number of pairs is stored: O(n log n) and
/// 64 counts of O(n). Values are finite.
class HodgesLehmann {
public:
    /// Of the averages of one sample, by the signed-rank test. At least 1 value.
    static HodgesLehmann of_averages(std::span<const double> values);
    /// Of the differences x - y, by the rank-sum test. At least 1 value each.
    static HodgesLehmann of_differences(std::span<const double> x, std::span<const double> y);

    [[nodiscard]] double estimate() const { return m_estimate; }
    /// Nothing when no two of the numbers are far enough apart for that confidence: 4 values of one
    /// sample, 2 against 3 of two, at 0.95. Ties make it wider than need be, never narrower.
    [[nodiscard]] std::optional<Interval> interval(double confidence) const;
    /// One-sided p of "not below 0": the level at which the upper end reaches 0.
    [[nodiscard]] double p_not_negative() const;

private:
    HodgesLehmann() = default;
    [[nodiscard]] std::uint64_t count_up_to(double value) const;
    [[nodiscard]] double ordered(std::uint64_t rank) const;
    [[nodiscard]] double chance_up_to(double count) const;
    void prepare();

    std::vector<double> m_first;   ///< ascending
    std::vector<double> m_second;  ///< ascending; empty: averages of the first
    bool m_averages = true;
    std::uint64_t m_pairs = 0;
    double m_estimate = 0.0;
    std::vector<double> m_chances;  ///< P(statistic <= k) by k; empty: normal
    double m_mean = 0.0;
    double m_spread = 0.0;
};

}  // namespace metricgate::stats
