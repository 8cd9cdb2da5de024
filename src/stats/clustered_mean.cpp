// Cluster-robust means (CR1 and CR2), independent of the order of rows and of the clusters' codes.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>
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

/// The sum of what `term` gives for the rows, rounded once, whatever their order.
template <class Term>
double exactly(std::span<const std::uint32_t> rows, const Term& term) {
    if (rows.size() == 1) {
        return term(rows[0]);
    }
    if (rows.size() == 2) {
        return term(rows[0]) + term(rows[1]);
    }
    ExactSum exact;
    for (const std::uint32_t row : rows) {
        exact.add(term(row));
    }
    return exact.value();
}

/// What both variances need: the mean, and each occupied cluster's weight and sum of weighted
/// deviations from it.
struct Clusters {
    double mean = 0.0;  // of scale * differences
    double scale = 1.0;
    double total = 0.0;
    bool constant = false;
    std::vector<double> sums;
    std::vector<double> masses;
};

Clusters clusters_of(std::span<const double> differences, std::span<const double> weights,
                     std::span<const std::uint32_t> cluster, std::size_t clusters) {
    assert(differences.size() == cluster.size());
    assert(weights.empty() || weights.size() == differences.size());
    const Grouped grouped = group(weights, cluster, clusters);
    Clusters result;
    if (grouped.rows.empty()) {
        return result;
    }
    Range range{unknown, -unknown};
    for (const std::uint32_t row : grouped.rows) {
        range.lowest = std::min(range.lowest, differences[row]);
        range.highest = std::max(range.highest, differences[row]);
    }
    const double heaviest = weights.empty() ? 1.0 : *std::ranges::max_element(weights);
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
    result.scale = scale;
    result.total = total.value();
    result.constant = range.lowest == range.highest;
    result.mean =
        std::clamp(sum.value() / result.total, scale * range.lowest, scale * range.highest);
    const auto influence = [&](std::uint32_t row) {
        return weight_of(row) * (scale * differences[row] - result.mean);
    };
    for (std::size_t g = 0; g < clusters; ++g) {
        const std::span<const std::uint32_t> rows(grouped.rows.data() + grouped.starts[g],
                                                  grouped.starts[g + 1] - grouped.starts[g]);
        if (rows.empty()) {
            continue;
        }
        result.sums.push_back(exactly(rows, influence));
        result.masses.push_back(exactly(rows, weight_of));
    }
    return result;
}

/// The estimate where there is no variance to compute, whichever is wanted.
std::optional<MeanEstimate> without_variance(const Clusters& clusters) {
    const std::size_t groups = clusters.sums.size();
    if (groups == 0) {
        return MeanEstimate{0.0, unknown, 0.0};
    }
    if (groups < 2) {
        return MeanEstimate{clusters.mean / clusters.scale, unknown, 0.0};
    }
    if (clusters.constant) {
        return MeanEstimate{clusters.mean / clusters.scale, 0.0, static_cast<double>(groups) - 1.0};
    }
    return std::nullopt;
}

/// Sums over clusters, in any order.
template <class Term>
double sum_over(const Clusters& clusters, const Term& term) {
    ExactSum sum;
    for (std::size_t g = 0; g < clusters.sums.size(); ++g) {
        sum.add(term(g));
    }
    return sum.value();
}

}  // namespace

MeanEstimate clustered_mean(std::span<const double> differences, std::span<const double> weights,
                            std::span<const std::uint32_t> cluster, std::size_t clusters,
                            std::size_t* occupied) {
    const Clusters found = clusters_of(differences, weights, cluster, clusters);
    if (occupied != nullptr) {
        *occupied = found.sums.size();
    }
    if (const auto estimate = without_variance(found)) {
        return *estimate;
    }
    const auto count = static_cast<double>(found.sums.size());
    const double squares =
        sum_over(found, [&](std::size_t g) { return found.sums[g] * found.sums[g]; });
    const double error = std::sqrt(count / (count - 1.0) * squares) / found.total;
    return {found.mean / found.scale, error / found.scale, count - 1.0};
}

MeanEstimate bias_reduced_clustered_mean(std::span<const double> differences,
                                         std::span<const double> weights,
                                         std::span<const std::uint32_t> cluster,
                                         std::size_t clusters) {
    const Clusters found = clusters_of(differences, weights, cluster, clusters);
    if (const auto estimate = without_variance(found)) {
        return *estimate;
    }
    const double degrees = satterthwaite_degrees(found.masses);
    const auto is_all = [&](double mass) { return mass >= found.total; };
    if (!(degrees > 0.0) || std::ranges::any_of(found.masses, is_all)) {
        return {found.mean / found.scale, unknown, 0.0};  // what varies weighs next to nothing
    }
    const auto share = [&](std::size_t g) { return found.masses[g] / found.total; };
    const auto scaled = [&](std::size_t g) { return found.sums[g] / std::sqrt(1.0 - share(g)); };
    const double squares = sum_over(found, [&](std::size_t g) { return scaled(g) * scaled(g); });
    const double cubes =
        sum_over(found, [&](std::size_t g) { return scaled(g) * scaled(g) * scaled(g); });
    return {found.mean / found.scale, std::sqrt(squares) / found.total / found.scale, degrees,
            skewness_of(cubes, squares)};
}

// The scaled sums of independent examples have variances p_g and covariances -a_g a_h with
// a = p / sqrt(1 - p), times one number; the degrees are trace^2 / sum of squares.
double satterthwaite_degrees(std::span<const double> masses) {
    ExactSum total;
    for (const double mass : masses) {
        total.add(mass);
    }
    ExactSum own;
    ExactSum cross;
    ExactSum same;
    for (const double mass : masses) {
        const double share = total.value() > 0.0 ? mass / total.value() : 1.0;
        if (!(share < 1.0)) {
            return std::numeric_limits<double>::quiet_NaN();  // one unit is all there is
        }
        const double of_cross = share * share / (1.0 - share);
        own.add(share * share);
        cross.add(of_cross);
        same.add(of_cross * of_cross);
    }
    // Rounding alone decides the difference when one unit is nearly all there is.
    const double squares = own.value() + cross.value() * cross.value() - same.value();
    return squares > 0.0 ? 1.0 / squares : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace metricgate::stats
