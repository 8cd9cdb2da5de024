#include "stats/distributions.h"

#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>

namespace metricgate::stats {

namespace {

namespace policies = boost::math::policies;

// Errors become values (infinity, the best result so far) instead of exceptions, and nothing is
// computed in long double, whose width differs between processors.
using Policy = policies::policy<policies::domain_error<policies::ignore_error>,
                                policies::pole_error<policies::ignore_error>,
                                policies::overflow_error<policies::ignore_error>,
                                policies::evaluation_error<policies::ignore_error>,
                                policies::rounding_error<policies::ignore_error>,
                                policies::indeterminate_result_error<policies::ignore_error>,
                                policies::promote_double<false>, policies::promote_float<false>>;

using Normal = boost::math::normal_distribution<double, Policy>;
using StudentT = boost::math::students_t_distribution<double, Policy>;

}  // namespace

double normal_cdf(double z) {
    assert(!std::isnan(z));
    if (std::isinf(z)) {
        return z < 0.0 ? 0.0 : 1.0;
    }
    return boost::math::cdf(Normal(), z);
}

double normal_quantile(double p) {
    assert(p > 0.0 && p < 1.0);
    return boost::math::quantile(Normal(), p);
}

double student_t_cdf(double t, double degrees_of_freedom) {
    assert(!std::isnan(t) && degrees_of_freedom > 0.0);
    if (std::isinf(t)) {
        return t < 0.0 ? 0.0 : 1.0;
    }
    if (std::isinf(degrees_of_freedom)) {
        return normal_cdf(t);
    }
    return boost::math::cdf(StudentT(degrees_of_freedom), t);
}

double student_t_quantile(double p, double degrees_of_freedom) {
    assert(p > 0.0 && p < 1.0 && degrees_of_freedom > 0.0);
    if (std::isinf(degrees_of_freedom)) {
        return normal_quantile(p);
    }
    return boost::math::quantile(StudentT(degrees_of_freedom), p);
}

double noncentral_t_cdf(double t, double degrees_of_freedom, double noncentrality) {
    assert(!std::isnan(t) && degrees_of_freedom > 0.0);
    using NoncentralT = boost::math::non_central_t_distribution<double, Policy>;
    return boost::math::cdf(NoncentralT(degrees_of_freedom, noncentrality), t);
}

double chi_square_quantile(double p, double degrees_of_freedom) {
    assert(p > 0.0 && p < 1.0 && degrees_of_freedom > 0.0);
    return 2.0 * boost::math::gamma_p_inv(0.5 * degrees_of_freedom, p, Policy());
}

double binomial_cdf(std::uint64_t k, std::uint64_t n, double p) {
    assert(p >= 0.0 && p <= 1.0);
    if (k >= n || p <= 0.0) {
        return 1.0;
    }
    if (p >= 1.0) {
        return 0.0;
    }
    return boost::math::ibetac(static_cast<double>(k) + 1.0, static_cast<double>(n - k), p,
                               Policy());
}

double binomial_pmf(std::uint64_t k, std::uint64_t n, double p) {
    assert(k <= n && p >= 0.0 && p <= 1.0);
    if (p <= 0.0 || p >= 1.0) {
        return (p <= 0.0 ? k == 0 : k == n) ? 1.0 : 0.0;
    }
    return boost::math::ibeta_derivative(static_cast<double>(k) + 1.0,
                                         static_cast<double>(n - k) + 1.0, p, Policy()) /
           (static_cast<double>(n) + 1.0);
}

double chi_square_tail(double x, double degrees_of_freedom) {
    assert(x >= 0.0 && degrees_of_freedom > 0.0);
    return boost::math::gamma_q(degrees_of_freedom / 2.0, x / 2.0, Policy());
}

double chi_square_exceeded(double tail, double degrees_of_freedom) {
    return gamma_exceeded(tail, degrees_of_freedom / 2.0, 2.0);
}

double gamma_exceeded(double tail, double shape, double scale) {
    assert(tail > 0.0 && tail < 1.0 && shape > 0.0 && scale > 0.0);
    return scale * boost::math::gamma_q_inv(shape, tail, Policy());
}

double beta_quantile(double p, double a, double b) {
    assert(p >= 0.0 && p <= 1.0 && a > 0.0 && b > 0.0);
    return boost::math::ibeta_inv(a, b, p, Policy());
}

double gamma_quantile(double p, double shape) {
    assert(p >= 0.0 && p < 1.0 && shape > 0.0);
    return boost::math::gamma_p_inv(shape, p, Policy());
}

}  // namespace metricgate::stats
