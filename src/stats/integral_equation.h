#pragma once

#include <cstddef>
#include <vector>

namespace metricgate::stats {

/// Nodes and weights of an integral over [lower, upper].
struct Quadrature {
    std::vector<double> nodes;
    std::vector<double> weights;
};

/// Gauss-Legendre, exact for polynomials of a degree below 2 `count`. `count` >= 1.
Quadrature gauss_legendre(std::size_t count, double lower, double upper);

/// Solves matrix * x = right in place by elimination with row pivots; `matrix` is square,
/// row-major. False when it is singular.
bool solve_linear(std::vector<double>& matrix, std::vector<double>& right);

}  // namespace metricgate::stats
