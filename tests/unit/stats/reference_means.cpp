// Reference cases of means, quantiles and adjusted p-values.
#include <algorithm>

#include "stats/distributions.h"
#include "stats/means.h"
#include "stats/multiplicity.h"
#include "stats/quantiles.h"
#include "unit/stats/reference_case.h"

namespace metricgate::stats::reference {

namespace {

void check_estimate(Case& c, const MeanEstimate& estimate) {
    c.expect("mean_diff", estimate.mean);
    c.expect("se", estimate.standard_error);
    const double t = estimate.mean / estimate.standard_error;
    c.expect("t", t);
    c.expect("df", estimate.degrees_of_freedom);
    const double p = estimate.p_not_negative();
    c.expect("p_two_sided", 2.0 * std::min(p, 1.0 - p));
    c.expect("ci95", estimate.interval(0.975));
    c.expect("ci90", estimate.interval(0.95));
    const double shifted = (estimate.mean + c.number("margin")) / estimate.standard_error;
    c.expect("tost_p", estimate.p_not_equivalent(c.number("margin")));
    c.expect("ni_p_lower", student_t_cdf(-shifted, estimate.degrees_of_freedom));
}

}  // namespace

void check_paired_t(Case& c) {
    std::vector<double> differences = c.numbers("x");
    const std::vector<double> y = c.numbers("y");
    for (std::size_t i = 0; i < y.size(); ++i) {
        differences[i] -= y[i];
    }
    check_estimate(c, paired_mean(differences));
}

void check_welch(Case& c) {
    check_estimate(c, welch(c.numbers("x"), c.numbers("y")));
}

void check_clustered_mean(Case& c) {
    const std::vector<double> x = c.numbers("x");
    std::vector<std::uint32_t> cluster;
    for (const double code : c.numbers("cluster")) {
        cluster.push_back(static_cast<std::uint32_t>(code));
    }
    const std::size_t codes = *std::ranges::max_element(cluster) + std::size_t{1};
    std::size_t occupied = 0;
    const MeanEstimate estimate = clustered_mean(x, {}, cluster, codes, &occupied);
    c.expect("mean", estimate.mean);
    c.expect("n", static_cast<double>(x.size()));
    c.expect("n_clusters", static_cast<double>(occupied));
    c.expect("se_iid", paired_mean(x).standard_error);
    c.expect("se_cluster_CR1_G_over_Gm1", estimate.standard_error);
    c.expect("ci90_t_Gm1_CR1", estimate.interval(0.95));
}

void check_quantile(Case& c) {
    std::vector<double> x = c.numbers("x");
    std::ranges::sort(x);
    std::vector<double> quantiles;
    for (const double p : c.numbers("p")) {
        quantiles.push_back(quantile_sorted(x, p));
    }
    c.expect("type7", quantiles);
    c.expect("mad_1.4826", median_absolute_deviation(x));
    c.expect("iqr_type7", quantile_sorted(x, 0.75) - quantile_sorted(x, 0.25));
}

void check_p_adjust(Case& c) {
    const std::vector<double> p = c.numbers("p");
    c.expect("holm", holm(p));
    c.expect("hochberg", hochberg(p));
    c.expect("bh", benjamini_hochberg(p));
    c.expect("by", benjamini_yekutieli(p));
}

}  // namespace metricgate::stats::reference
