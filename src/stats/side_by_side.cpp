#include "stats/side_by_side.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/histogram.h"
#include "stats/quantiles.h"

namespace metricgate::stats {
namespace {

constexpr double far_share = 0.005;
constexpr double near_part = 0.25;  ///< of the middle's width: what lies nearer is no far value

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
};

Range joined(Range range, std::span<const double> sorted, double share) {
    if (!sorted.empty()) {
        range.low = std::min(range.low, quantile_sorted(sorted, share));
        range.high = std::max(range.high, quantile_sorted(sorted, 1.0 - share));
    }
    return range;
}

/// Multiples of `mantissa` * 10^`exponent`. Powers of ten are divided by where they are below 1, so
/// that the edge is the double nearest to 0.15 and not 3 * 0.05.
double multiple(double count, double mantissa, int exponent) {
    const double power = std::pow(10.0, std::abs(exponent));
    return exponent < 0 ? count * mantissa / power : count * mantissa * power;
}

}  // namespace

std::vector<double> plain_edges(double low, double high, std::size_t bins) {
    constexpr double largest = 1e300;
    constexpr double narrowest = 1e-12;
    constexpr double smallest = 1e-290;
    low = std::clamp(low, -largest, largest);
    high = std::clamp(high, -largest, largest);
    const double most = static_cast<double>(bins);
    double width = high - low;
    if (!(width > 0.0)) {
        width = low == 0.0 ? 1.0 : std::abs(low) * 0.1;
    }
    // Edges are counted in steps, which must stay below 2^53.
    width = std::max({width, smallest, narrowest * std::abs(low), narrowest * std::abs(high)});
    int exponent = static_cast<int>(std::floor(std::log10(width / most))) - 1;
    for (;; ++exponent) {
        for (const double mantissa : {1.0, 2.0, 5.0}) {
            const double step = multiple(1.0, mantissa, exponent);
            const double start = std::floor(low / step);
            const double end = std::max(std::ceil(high / step), start + 1.0);
            if (end - start <= most) {
                std::vector<double> edges;
                for (double count = start; count <= end; count += 1.0) {
                    edges.push_back(multiple(count, mantissa, exponent));
                }
                return edges;
            }
        }
    }
}

SideBySide side_by_side(std::vector<double> first, std::vector<double> second, std::size_t bins,
                        std::span<const double> shares) {
    std::ranges::sort(first);
    std::ranges::sort(second);
    const Range all = joined(joined({}, first, 0.0), second, 0.0);
    Range middle = joined(joined({}, first, far_share), second, far_share);
    const double near = near_part * (middle.high - middle.low);
    middle.low = middle.low - all.low <= near ? all.low : middle.low;
    middle.high = all.high - middle.high <= near ? all.high : middle.high;
    SideBySide result;
    result.edges = plain_edges(middle.low, middle.high, bins);
    result.below = all.low < result.edges.front();
    result.above = all.high > result.edges.back();
    const std::span<const double> inner(result.edges.data() + 1, result.edges.size() - 2);
    const auto take = [&](const std::vector<double>& sorted, std::vector<std::uint64_t>& counts,
                          std::vector<double>& quantiles) {
        if (sorted.empty()) {
            return;
        }
        counts = count_in_bins(sorted, inner, Closed::left);
        for (const double share : shares) {
            quantiles.push_back(quantile_sorted(sorted, share));
        }
    };
    take(first, result.first, result.first_quantiles);
    take(second, result.second, result.second_quantiles);
    return result;
}

}  // namespace metricgate::stats
