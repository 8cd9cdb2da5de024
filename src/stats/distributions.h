#pragma once

#include <cstdint>

namespace metricgate::stats {

double normal_cdf(double z);
/// Inverse of `normal_cdf`, p in (0, 1).
double normal_quantile(double p);
double student_t_cdf(double t, double degrees_of_freedom);
double student_t_quantile(double p, double degrees_of_freedom);
/// P(T <= t) of the noncentral t distribution.
double noncentral_t_cdf(double t, double degrees_of_freedom, double noncentrality);
/// Quantile of chi-square; p in (0, 1).
double chi_square_quantile(double p, double degrees_of_freedom);
/// P(Bin(n, p) <= k).
double binomial_cdf(std::uint64_t k, std::uint64_t n, double p);
/// P(Bin(n, p) = k).
double binomial_pmf(std::uint64_t k, std::uint64_t n, double p);
/// P(X > x) of chi-square with degrees of freedom above 0, and the x that is exceeded with
/// probability `tail` in (0, 1).
double chi_square_tail(double x, double degrees_of_freedom);
double chi_square_exceeded(double tail, double degrees_of_freedom);
/// The x that Gamma(shape, scale) exceeds with probability `tail` in (0, 1); shape, scale > 0.
double gamma_exceeded(double tail, double shape, double scale);
/// Quantile of Beta(a, b).
double beta_quantile(double p, double a, double b);
/// Quantile of Gamma(shape, 1), p in [0, 1), shape > 0.
double gamma_quantile(double p, double shape);

}  // namespace metricgate::stats
