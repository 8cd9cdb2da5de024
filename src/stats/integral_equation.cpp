#include "stats/integral_equation.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace metricgate::stats {
namespace {

struct Legendre {
    double value = 0.0;
    double slope = 0.0;
};

/// P_n(x) and its derivative by the three-term recurrence.
Legendre legendre(std::size_t n, double x) {
    double before = 1.0;
    double value = x;
    for (std::size_t k = 2; k <= n; ++k) {
        const auto order = static_cast<double>(k);
        const double next = ((2.0 * order - 1.0) * x * value - (order - 1.0) * before) / order;
        before = value;
        value = next;
    }
    return {value, static_cast<double>(n) * (x * value - before) / (x * x - 1.0)};
}

}  // namespace

Quadrature gauss_legendre(std::size_t count, double lower, double upper) {
    Quadrature result;
    const double middle = (lower + upper) / 2.0;
    const double half = (upper - lower) / 2.0;
    for (std::size_t i = 0; i < count; ++i) {
        double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) /
                            (static_cast<double>(count) + 0.5));
        Legendre at = legendre(count, x);
        for (int step = 0; step < 20 && std::abs(at.value) > 1e-16; ++step) {
            x -= at.value / at.slope;
            at = legendre(count, x);
        }
        result.nodes.push_back(middle + half * x);
        result.weights.push_back(half * 2.0 / ((1.0 - x * x) * at.slope * at.slope));
    }
    return result;
}

bool solve_linear(std::vector<double>& matrix, std::vector<double>& right) {
    const std::size_t n = right.size();
    for (std::size_t column = 0; column < n; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column + 1; row < n; ++row) {
            if (std::abs(matrix[row * n + column]) > std::abs(matrix[pivot * n + column])) {
                pivot = row;
            }
        }
        if (!(std::abs(matrix[pivot * n + column]) > 0.0)) {
            return false;
        }
        for (std::size_t k = 0; pivot != column && k < n; ++k) {
            std::swap(matrix[pivot * n + k], matrix[column * n + k]);
        }
        std::swap(right[pivot], right[column]);
        for (std::size_t row = column + 1; row < n; ++row) {
            const double factor = matrix[row * n + column] / matrix[column * n + column];
            for (std::size_t k = column; k < n; ++k) {
                matrix[row * n + k] -= factor * matrix[column * n + k];
            }
            right[row] -= factor * right[column];
        }
    }
    for (std::size_t row = n; row-- > 0;) {
        for (std::size_t k = row + 1; k < n; ++k) {
            right[row] -= matrix[row * n + k] * right[k];
        }
        right[row] /= matrix[row * n + row];
    }
    return true;
}

}  // namespace metricgate::stats
