#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace metricgate::stats {

/// Where the level of a series of values changed.
struct ChangePoint {
    std::size_t at = 0;  ///< position, from 0, of the first value after the change
    /// The method's own measure of the change: the energy statistic (units of the values), or what
    /// the change lowers the cost by (in squared sigmas).
    double statistic = 0.0;
    /// Chance of so large a statistic where nothing changed; absent where the method has none.
    std::optional<double> p;
    bool operator==(const ChangePoint&) const = default;
};

/// The energy statistic of every split of values into those before and those from position i on:
/// n m / (n + m) (2 E|X - Y| - E|X - X'| - E|Y - Y'|), 0 for i = 0. Units of the values; at least 0
/// but for rounding. Source: Szekely and Rizzo 2013; the form with squares of n and m below is that
/// of MongoDB's signal-processing-algorithms. In O(n log n) by ranks.
std::vector<double> energy_of_splits(std::span<const double> values);

struct EDivisiveSettings {
    double level = 0.001;             ///< a split is a change when its p is at most this
    std::size_t permutations = 1999;  ///< p is never below 1 / (permutations + 1)
    std::size_t least_segment = 5;    ///< values between two changes, at least; at least 1
    std::uint64_t seed = 0;
};

/// E-divisive (Matteson and James, JASA 109, 2014) with the end of a segment as the end of the
/// later sample, as at MongoDB (Daly et al., ICPE 2020): the segment is split where the energy
/// statistic is largest while a permutation test of that segment finds it significant. Any change
/// of the distribution counts. A test stops as soon as it cannot reach `level`. Same seed, same
/// answer. Ascending; none for constant values and for fewer than two segments' worth. Nothing at
/// all when a value is not finite.
std::optional<std::vector<ChangePoint>> e_divisive(std::span<const double> values,
                                                   const EDivisiveSettings& settings);

struct PeltSettings {
    /// What each change must lower the cost by, in log(n) squared sigmas. 3 is the leading term of
    /// the modified BIC (Zhang and Siegmund, Biometrics 63, 2007); with 5 a change is still found
    /// in 14 of 100 series that never changed, E-divisive finds none (docs/HISTORY.md).
    double penalty = 5.0;
    std::size_t least_segment = 5;  ///< values between two changes, at least; at least 1
    /// The standard deviation of one value within a segment, above 0; absent: from the median
    /// moving range, or from the mean one where that is 0.
    std::optional<double> sigma;
};

/// PELT (Killick, Fearnhead and Eckley, JASA 107, 2012): the exact minimum over all segmentations
/// of the squared distances from the segments' means plus the penalty for each change, under one
/// sigma. Ascending; none for constant values. Nothing at all when a value is not finite.
std::optional<std::vector<ChangePoint>> pelt(std::span<const double> values,
                                             const PeltSettings& settings);

}  // namespace metricgate::stats
