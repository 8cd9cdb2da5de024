#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace metricgate::stats {

/// Edges that read well - multiples of 1, 2 or 5 times a power of ten - from at most `low` to at
/// least `high`, for at most `bins` bins. `low` <= `high`, both finite; at least 2 bins. What is
/// larger than 1e300 is left outside, and a range narrower than a millionth of a millionth of its
/// place, or than 1e-290, is taken as that wide: doubles have no plain edges there.
std::vector<double> plain_edges(double low, double high, std::size_t bins);

/// The values of two sides counted in the same bins.
struct SideBySide {
    std::vector<double> edges;  ///< one more than bins
    bool below = false;         ///< the first bin also holds values below its edge
    bool above = false;
    std::vector<std::uint64_t> first;  ///< counts; empty for a side without values
    std::vector<std::uint64_t> second;
    std::vector<double> first_quantiles;  ///< type 7, at the shares asked for
    std::vector<double> second_quantiles;
};

/// Bins for the middle of both sides; a few far values do not squeeze the rest: beyond the 0.5 %
/// and 99.5 % quantiles they only count into the outer bins, unless they lie near. All values are
/// finite, and some side has one.
SideBySide side_by_side(std::vector<double> first, std::vector<double> second, std::size_t bins,
                        std::span<const double> shares);

}  // namespace metricgate::stats
