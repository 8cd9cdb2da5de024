#include "stats/run_length.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>
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

constexpr double nodes_a_width = 6.0;
/// Where an equation is solved for many points in turn, to 1e-6.
constexpr double fewer_nodes_a_width = 3.0;

std::size_t nodes_for(double length_in_widths, double density = nodes_a_width) {
    const double wanted = density * length_in_widths;
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

namespace {

/// The run length of an EWMA as a function of where it stands: 1 + the integral of what follows
/// over the values that do not signal.
class EwmaLengths {
public:
    EwmaLengths(double weight, double shift, double density = nodes_a_width)
        : m_weight(weight), m_shift(shift), m_density(density) {}

    /// Steady limits; false when the equation has no answer.
    bool solve(double lower, double upper) {
        m_rule = rule_of(lower, upper);
        const std::size_t n = m_rule.nodes.size();
        std::vector<double> matrix(n * n);
        m_lengths.assign(n, 1.0);
        for (std::size_t row = 0; row < n; ++row) {
            for (std::size_t column = 0; column < n; ++column) {
                matrix[row * n + column] =
                    (row == column ? 1.0 : 0.0) - kernel(m_rule.nodes[row], column);
            }
        }
        return solve_linear(matrix, m_lengths);
    }

    /// One point earlier, with the limits of the point that follows.
    void step_back(double lower, double upper) {
        Quadrature rule = rule_of(lower, upper);
        std::vector<double> lengths;
        for (const double node : rule.nodes) {
            lengths.push_back(at(node));
        }
        m_rule = std::move(rule);
        m_lengths = std::move(lengths);
    }

    [[nodiscard]] double at(double z) const {
        double length = 1.0;
        for (std::size_t node = 0; node < m_lengths.size(); ++node) {
            length += kernel(z, node) * m_lengths[node];
        }
        return length;
    }

private:
    [[nodiscard]] Quadrature rule_of(double lower, double upper) const {
        return gauss_legendre(nodes_for((upper - lower) / m_weight, m_density), lower, upper);
    }

    [[nodiscard]] double kernel(double from, std::size_t to) const {
        return m_rule.weights[to] / m_weight *
               normal_density((m_rule.nodes[to] - (1.0 - m_weight) * from) / m_weight - m_shift);
    }

    double m_weight;
    double m_shift;
    double m_density;
    Quadrature m_rule;
    std::vector<double> m_lengths;
};

bool is_ewma(double weight, double width, double shift) {
    return weight > 0.0 && weight <= 1.0 && width > 0.0 && std::isfinite(width) &&
           std::isfinite(shift);
}

}  // namespace

double ewma_run_length(double weight, double width, double shift) {
    if (!is_ewma(weight, width, shift)) {
        return infinity;
    }
    const double reach = width * std::sqrt(weight / (2.0 - weight));
    EwmaLengths lengths(weight, shift);
    return lengths.solve(-reach, reach) ? finite_or_infinite(lengths.at(0.0)) : infinity;
}

double varying_ewma_run_length(double weight, double width, double shift, bool two_sided) {
    constexpr double least_weight = 0.01;
    constexpr double as_good_as_steady = 1e-4;
    constexpr double far = 7.0;  // standard deviations of the average, which it never reaches
    if (!is_ewma(weight, width, shift) || weight < least_weight || shift < 0.0) {
        return infinity;
    }
    const double deviation = std::sqrt(weight / (2.0 - weight));
    const double reach = width * deviation;
    EwmaLengths lengths(weight, shift, fewer_nodes_a_width);
    if (!lengths.solve(two_sided ? -reach : -far * deviation, reach)) {
        return infinity;
    }
    const double kept = (1.0 - weight) * (1.0 - weight);
    std::vector<double> reaches;
    for (double forgotten = kept; forgotten > as_good_as_steady; forgotten *= kept) {
        reaches.push_back(reach * std::sqrt(1.0 - forgotten));
    }
    for (std::size_t i = reaches.size(); i > 0; --i) {
        lengths.step_back(two_sided ? -reaches[i - 1] : -far * deviation, reaches[i - 1]);
    }
    return finite_or_infinite(lengths.at(0.0));
}

namespace {

/// Widths of limits that moving averages were simulated at.
constexpr std::array<double, 4> simulated_widths = {2.0, 2.5, 3.0, 3.5};

/// How many times longer averages of overlapping spans run than independent ones, by width: 40,000
/// series each, fewer (3,500 at the least) where they are long.
struct OverlappingSpans {
    std::size_t span;
    std::array<double, 4> one_side;
    std::array<double, 4> both_sides;
};
constexpr std::array<OverlappingSpans, 10> overlapping = {{
    {2, {1.177, 1.111, 1.061, 1.023}, {1.163, 1.104, 1.055, 1.019}},
    {3, {1.393, 1.274, 1.154, 1.114}, {1.364, 1.268, 1.165, 1.108}},
    {4, {1.617, 1.441, 1.292, 1.195}, {1.561, 1.415, 1.292, 1.201}},
    {5, {1.848, 1.621, 1.432, 1.292}, {1.760, 1.587, 1.421, 1.294}},
    {7, {2.266, 1.955, 1.695, 1.506}, {2.147, 1.902, 1.678, 1.512}},
    {10, {2.883, 2.460, 2.068, 1.788}, {2.683, 2.408, 2.068, 1.805}},
    {15, {3.908, 3.249, 2.678, 2.274}, {3.587, 3.156, 2.672, 2.243}},
    {20, {4.880, 4.094, 3.354, 2.793}, {4.380, 3.957, 3.278, 2.816}},
    {30, {6.720, 5.616, 4.587, 3.642}, {6.016, 5.378, 4.528, 3.749}},
    {50, {10.347, 8.519, 6.992, 5.310}, {8.897, 8.111, 6.856, 5.307}},
}};

/// Between the simulated widths around `width`.
double factor_at(const std::array<double, 4>& factors, double width) {
    std::size_t right = 1;
    while (right + 1 < factors.size() && simulated_widths[right] < width) {
        ++right;
    }
    const double share = (width - simulated_widths[right - 1]) /
                         (simulated_widths[right] - simulated_widths[right - 1]);
    return (1.0 - share) * factors[right - 1] + share * factors[right];
}

}  // namespace

std::optional<double> moving_average_run_length(std::size_t span, double width, bool two_sided) {
    const bool known = span >= overlapping.front().span && span <= overlapping.back().span &&
                       width >= simulated_widths.front() && width <= simulated_widths.back();
    if (!known) {
        return std::nullopt;
    }
    std::size_t right = 1;
    while (overlapping[right].span < span) {
        ++right;
    }
    const OverlappingSpans& shorter = overlapping[right - 1];
    const OverlappingSpans& longer = overlapping[right];
    const auto factor_of = [&](const OverlappingSpans& each) {
        return factor_at(two_sided ? each.both_sides : each.one_side, width);
    };
    const double share =
        static_cast<double>(span - shorter.span) / static_cast<double>(longer.span - shorter.span);
    const double factor = (1.0 - share) * factor_of(shorter) + share * factor_of(longer);
    return factor / ((two_sided ? 2.0 : 1.0) * normal_cdf(-width));
}

}  // namespace metricgate::stats
