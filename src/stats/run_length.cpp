#include "stats/run_length.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "stats/distributions.h"
#include "stats/integral_equation.h"

namespace metricgate::stats {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Kernels are bell curves of width 1 (CUSUM) or `weight` (EWMA): as many nodes as such widths ask
/// for, and enough for the smooth rest.
constexpr std::size_t least_nodes = 60;
constexpr std::size_t most_nodes = 400;

std::size_t nodes_for(double length_in_widths) {
    const double wanted = 6.0 * length_in_widths;
    if (!(wanted < static_cast<double>(most_nodes))) {
        return most_nodes;
    }
    return std::max(least_nodes, static_cast<std::size_t>(wanted));
}

double normal_density(double x) {
    return std::exp(-0.5 * x * x) / std::sqrt(2.0 * std::numbers::pi);
}

double finite_or_infinite(double length) {
    return length >= 1.0 && std::isfinite(length) ? length : infinity;
}

}  // namespace

double cusum_run_length(double allowance, double decision, double shift) {
    const bool good = allowance >= 0.0 && decision > 0.0 && std::isfinite(allowance) &&
                      std::isfinite(decision) && std::isfinite(shift);
    if (!good) {
        return infinity;
    }
    // L(z) = 1 + Phi(k - z) L(0) + int_0^h phi(x + k - z) L(x) dx, k = allowance - shift; the first
    // unknown is L(0), the others stand at the nodes.
    const double k = allowance - shift;
    const Quadrature quadrature = gauss_legendre(nodes_for(decision), 0.0, decision);
    const std::size_t n = quadrature.nodes.size() + 1;
    std::vector<double> matrix(n * n);
    std::vector<double> lengths(n, 1.0);
    for (std::size_t row = 0; row < n; ++row) {
        const double z = row == 0 ? 0.0 : quadrature.nodes[row - 1];
        matrix[row * n] = (row == 0 ? 1.0 : 0.0) - normal_cdf(k - z);
        for (std::size_t column = 1; column < n; ++column) {
            const double kernel = normal_density(quadrature.nodes[column - 1] + k - z);
            matrix[row * n + column] =
                (row == column ? 1.0 : 0.0) - quadrature.weights[column - 1] * kernel;
        }
    }
    return solve_linear(matrix, lengths) ? finite_or_infinite(lengths.front()) : infinity;
}

double two_sided_cusum_run_length(double allowance, double decision, double shift) {
    return 1.0 / (1.0 / cusum_run_length(allowance, decision, shift) +
                  1.0 / cusum_run_length(allowance, decision, -shift));
}

double ewma_run_length(double weight, double width, double shift) {
    const bool good = weight > 0.0 && weight <= 1.0 && width > 0.0 && std::isfinite(width) &&
                      std::isfinite(shift);
    if (!good) {
        return infinity;
    }
    // L(z) = 1 + 1/w int_-c^c phi((x - (1 - w) z) / w - shift) L(x) dx; the last row is L(0).
    const double reach = width * std::sqrt(weight / (2.0 - weight));
    const Quadrature quadrature = gauss_legendre(nodes_for(2.0 * reach / weight), -reach, reach);
    const std::size_t n = quadrature.nodes.size();
    const auto kernel = [&](double from, std::size_t to) {
        return quadrature.weights[to] / weight *
               normal_density((quadrature.nodes[to] - (1.0 - weight) * from) / weight - shift);
    };
    std::vector<double> matrix(n * n);
    std::vector<double> lengths(n, 1.0);
    for (std::size_t row = 0; row < n; ++row) {
        for (std::size_t column = 0; column < n; ++column) {
            matrix[row * n + column] =
                (row == column ? 1.0 : 0.0) - kernel(quadrature.nodes[row], column);
        }
    }
    if (!solve_linear(matrix, lengths)) {
        return infinity;
    }
    double length = 1.0;
    for (std::size_t node = 0; node < n; ++node) {
        length += kernel(0.0, node) * lengths[node];
    }
    return finite_or_infinite(length);
}

}  // namespace metricgate::stats
