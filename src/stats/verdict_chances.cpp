// How often a check answers what, at a true difference, for estimates that are normal.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "stats/distributions.h"
#include "stats/power.h"

namespace metricgate::stats {
namespace {

/// Points of equal probability at which a chi distribution is looked at.
constexpr int chi_points = 400;
/// With more degrees of freedom t and normal differ by less than what is printed.
constexpr double many_degrees = 2000.0;

/// One realised standard error: the interval reaches `critical` times it to either side.
struct Reach {
    double of_estimate = 0.0;
    double against_margin = 0.0;
};

VerdictChances at_reach(const DecisionRule& rule, double true_difference, double standard_error,
                        double margin_error, Reach reach) {
    const auto below = [&](double bound) {
        return normal_cdf((bound - true_difference) / standard_error);
    };
    VerdictChances result;
    const double to_zero = rule.upper_stretch * reach.of_estimate;
    if (rule.improvement) {
        result.pass = 1.0 - below(rule.lower_stretch * reach.of_estimate);
        result.regressed = below(-to_zero);
        result.confirmed = result.regressed;
        return result;
    }
    const double excess = true_difference + rule.margin;
    result.pass = normal_cdf((excess - rule.lower_stretch * reach.against_margin) / margin_error);
    result.regressed = below(std::min(-rule.margin, -to_zero));
    result.confirmed =
        std::min(result.regressed,
                 normal_cdf((-rule.upper_stretch * reach.against_margin - excess) / margin_error));
    return result;
}

}  // namespace

VerdictChances chances(const DecisionRule& rule, double true_difference, double standard_error,
                       double margin_error, std::optional<double> degrees_of_freedom) {
    assert(standard_error > 0.0 && margin_error > 0.0);
    VerdictChances sum;
    const bool estimated = degrees_of_freedom && *degrees_of_freedom < many_degrees;
    const double critical = estimated ? student_t_quantile(rule.confidence, *degrees_of_freedom)
                                      : normal_quantile(rule.confidence);
    const int points = estimated ? chi_points : 1;
    for (int i = 0; i < points; ++i) {
        const double scale =
            estimated ? std::sqrt(chi_square_quantile((i + 0.5) / points, *degrees_of_freedom) /
                                  *degrees_of_freedom)
                      : 1.0;
        const VerdictChances one =
            at_reach(rule, true_difference, standard_error, margin_error,
                     {critical * scale * standard_error, critical * scale * margin_error});
        sum.pass += one.pass;
        sum.regressed += one.regressed;
        sum.confirmed += one.confirmed;
    }
    sum.pass /= points;
    sum.regressed /= points;
    sum.confirmed /= points;
    sum.inconclusive = std::max(0.0, 1.0 - sum.pass - sum.regressed);
    return sum;
}

}  // namespace metricgate::stats
