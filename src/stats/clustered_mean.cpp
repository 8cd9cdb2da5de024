// The cluster-robust mean (CR1), independent of the order of rows and of the clusters' codes.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/exact_sum.h"
#include "stats/means.h"
#include "stats/moments.h"

namespace metricgate::stats {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

// Rows grouped by cluster: a counting sort, 4 bytes a row and a cluster. Rows without weight are
// left out. Cluster g holds rows[starts[g]] .. rows[starts[g + 1] - 1].
struct Grouped {
    std::vector<std::uint32_t> starts;
    std::vector<std::uint32_t> rows;
};

Grouped group(std::span<const double> weights, std::span<const std::uint32_t> cluster,
              std::size_t clusters) {
    const auto counts = [&](std::size_t row) { return weights.empty() || weights[row] > 0.0; };
    Grouped grouped;
    grouped.starts.assign(clusters + 2, 0);
    for (std::size_t row = 0; row < cluster.size(); ++row) {
        assert(cluster[row] < clusters);
        grouped.starts[cluster[row] + 2] += counts(row) ? 1U : 0U;
    }
    for (std::size_t g = 2; g < grouped.starts.size(); ++g) {
        grouped.starts[g] += grouped.starts[g - 1];
    }
    grouped.rows.resize(grouped.starts.back());
    for (std::size_t row = 0; row < cluster.size(); ++row) {
        if (counts(row)) {
            grouped.rows[grouped.starts[cluster[row] + 1]++] = static_cast<std::uint32_t>(row);
        }
    }
    return grouped;
}

}  // namespace

MeanEstimate clustered_mean(std::span<const double> differences, std::span<const double> weights,
                            std::span<const std::uint32_t> cluster, std::size_t clusters,
                            std::size_t* occupied) {
    assert(differences.size() == cluster.size());
    assert(weights.empty() || weights.size() == differences.size());
    const Grouped grouped = group(weights, cluster, clusters);
    std::size_t groups = 0;
    for (std::size_t g = 0; g < clusters; ++g) {
        groups += grouped.starts[g + 1] > grouped.starts[g] ? 1U : 0U;
    }
    if (occupied != nullptr) {
        *occupied = groups;
    }
    Range range{unknown, -unknown};
    double heaviest = 1.0;
    for (const std::uint32_t row : grouped.rows) {
        range.lowest = std::min(range.lowest, differences[row]);
        range.highest = std::max(range.highest, differences[row]);
    }
    if (!weights.empty()) {
        heaviest = *std::ranges::max_element(weights);
    }
    if (groups == 0) {
        return {0.0, unknown, 0.0};
    }
    const double scale = safe_scale(range.magnitude());
    const double weight_scale = safe_scale(heaviest);
    const auto weight_of = [&](std::uint32_t row) {
        return weights.empty() ? 1.0 : weight_scale * weights[row];
    };
    ExactSum sum;
    ExactSum total;
    for (const std::uint32_t row : grouped.rows) {
        const double weight = weight_of(row);
        sum.add(weight * (scale * differences[row]));
        total.add(weight);
    }
    const double mean =
        std::clamp(sum.value() / total.value(), scale * range.lowest, scale * range.highest);
    const auto count = static_cast<double>(groups);
    if (groups < 2) {
        return {mean / scale, unknown, 0.0};
    }
    if (range.lowest == range.highest) {
        return {range.lowest, 0.0, count - 1.0};
    }
    const auto influence = [&](std::uint32_t row) {
        return weight_of(row) * (scale * differences[row] - mean);
    };
    ExactSum squares;
    for (std::size_t g = 0; g < clusters; ++g) {
        const std::span<const std::uint32_t> rows(grouped.rows.data() + grouped.starts[g],
                                                  grouped.starts[g + 1] - grouped.starts[g]);
        double of_cluster = 0.0;
        if (rows.size() == 1) {
            of_cluster = influence(rows[0]);
        } else if (rows.size() == 2) {  // rounded once and free of order, like the exact sum
            of_cluster = influence(rows[0]) + influence(rows[1]);
        } else {
            ExactSum exact;
            for (const std::uint32_t row : rows) {
                exact.add(influence(row));
            }
            of_cluster = exact.value();
        }
        squares.add(of_cluster * of_cluster);
    }
    const double error = std::sqrt(count / (count - 1.0) * squares.value()) / total.value();
    return {mean / scale, error / scale, count - 1.0};
}

}  // namespace metricgate::stats
