// Reference cases of distances between two samples, counted or measured.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/divergence.h"
#include "stats/drift_noise.h"
#include "stats/histogram.h"
#include "stats/kolmogorov_smirnov.h"
#include "stats/wasserstein.h"
#include "unit/stats/reference_case.h"

namespace metricgate::stats::reference {

namespace {

using Counts = std::vector<std::uint64_t>;

Counts counts_of(const Case& c, const std::string& key) {
    Counts counts;
    for (const double number : c.numbers(key)) {
        counts.push_back(static_cast<std::uint64_t>(number));
    }
    return counts;
}

std::vector<double> sorted(const Case& c, const std::string& key) {
    std::vector<double> values = c.numbers(key);
    std::ranges::sort(values);
    return values;
}

std::vector<double> as_doubles(const Counts& counts) {
    return {counts.begin(), counts.end()};
}

double psi(const Counts& expected, const Counts& actual, EmptyBins rule, double amount) {
    return population_stability_index(expected, actual, {rule, amount});
}

/// PSI without a rule for empty bins, and the terms that it is the sum of.
void check_plain_psi(Case& c, const Counts& expected, const Counts& actual) {
    const double plain = psi(expected, actual, EmptyBins::floor, 0.0);
    if (!std::isfinite(plain)) {
        c.expect_none("psi");
        c.expect_none("psi_per_bin");
        return;
    }
    c.expect("psi", plain);
    const double n = std::accumulate(expected.begin(), expected.end(), 0.0);
    const double m = std::accumulate(actual.begin(), actual.end(), 0.0);
    std::vector<double> terms;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double e = static_cast<double>(expected[i]) / n;
        const double a = static_cast<double>(actual[i]) / m;
        terms.push_back(e == a ? 0.0 : (a - e) * std::log(a / e));
    }
    c.expect("psi_per_bin", terms);
}

}  // namespace

void check_drift_categorical(Case& c) {
    const Counts expected = counts_of(c, "expected_counts");
    const Counts actual = counts_of(c, "actual_counts");
    check_plain_psi(c, expected, actual);
    c.expect("psi_floor_1em4", psi(expected, actual, EmptyBins::floor, 1e-4));
    c.expect("psi_floor_1em6", psi(expected, actual, EmptyBins::floor, 1e-6));
    c.expect("psi_add_half", psi(expected, actual, EmptyBins::add_count, 0.5));
    c.expect("psi_add_one", psi(expected, actual, EmptyBins::add_count, 1.0));
    const double divergence = jensen_shannon_divergence(expected, actual);
    c.expect("js_divergence_nats", divergence);
    c.expect("js_divergence_base2", divergence / std::log(2.0));
    c.expect("js_distance_base2", jensen_shannon_distance(expected, actual));
    c.expect("kl_actual_given_expected_nats", kullback_leibler(actual, expected));
    c.expect("kl_expected_given_actual_nats", kullback_leibler(expected, actual));
    c.expect("total_variation", total_variation(expected, actual));
    c.expect("hellinger", hellinger(expected, actual));
    const Homogeneity test = chi_square_homogeneity(expected, actual);
    c.expect("chi2_homogeneity", test.statistic);
    c.expect("chi2_df", static_cast<double>(test.degrees_of_freedom));
    c.expect("chi2_p", test.p);
    c.expect("cramers_v", test.cramers_v);
    c.expect("psi_null_mean_approx",
             psi_null_mean(test.degrees_of_freedom + 1,
                           std::accumulate(expected.begin(), expected.end(), std::uint64_t{0}),
                           std::accumulate(actual.begin(), actual.end(), std::uint64_t{0})));
}

void check_drift_numeric(Case& c) {
    const std::vector<double> reference = sorted(c, "reference");
    const std::vector<double> current = sorted(c, "current");
    const double distance = ks_distance(reference, current);
    c.expect("ks_D", distance);
    c.expect("ks_p_exact", ks_exact_p(distance, reference.size(), current.size()));
    c.expect("wasserstein1", wasserstein(reference, current));
    const std::vector<double> edges = quantile_edges(reference, 10);
    c.expect("decile_edges_type7", edges);
    const Counts expected = count_in_bins(reference, edges, Closed::right);
    const Counts actual = count_in_bins(current, edges, Closed::right);
    c.expect("counts_ref", as_doubles(expected));
    c.expect("counts_cur", as_doubles(actual));
    c.expect("psi_decile_floor_1em4", psi(expected, actual, EmptyBins::floor, 1e-4));
    c.expect("psi_decile_add_half", psi(expected, actual, EmptyBins::add_count, 0.5));
}

void check_weighted_wasserstein(Case& c) {
    c.expect("w1", wasserstein(c.numbers("x"), c.numbers("wx"), c.numbers("y"), c.numbers("wy")));
}

}  // namespace metricgate::stats::reference
