#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace metricgate::stats {

/// To which bin a value belongs that equals an edge.
enum class Closed {
    right,  ///< (e_{i-1}, e_i]: to the bin that ends there
    left,   ///< [e_i, e_{i+1}): to the bin that starts there
};

/// The inner edges of `bins` bins that hold equal shares of the sorted values: type-7 quantiles at
/// 1/bins, 2/bins, ..., equal ones merged. Fewer than `bins` - 1 edges where values repeat, one for
/// a constant. At least 1 value, at least 2 bins.
std::vector<double> quantile_edges(std::span<const double> sorted, std::size_t bins);

/// Values a bin; the first and the last bin are open to infinity, so that no value is lost.
/// `edges` ascend; there is one bin more than edges.
std::vector<std::uint64_t> count_in_bins(std::span<const double> values,
                                         std::span<const double> edges, Closed closed);

}  // namespace metricgate::stats
