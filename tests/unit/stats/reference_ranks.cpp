// Reference cases of rank tests, correlations and event counts.
#include "stats/correlation.h"
#include "stats/poisson.h"
#include "stats/rank_tests.h"
#include "support/catch.h"
#include "unit/stats/reference_case.h"

namespace metricgate::stats::reference {

void check_signed_rank(Case& c) {
    std::vector<double> differences = c.numbers("x");
    const std::vector<double> y = c.numbers("y");
    for (std::size_t i = 0; i < y.size(); ++i) {
        differences[i] -= y[i];
    }
    const RankTest test = wilcoxon_signed_rank(differences);
    c.expect("V_plus", test.statistic);
    c.expect("n_nonzero", static_cast<double>(test.n));
    REQUIRE(test.p_exact);
    c.expect("p_exact_conditional", *test.p_exact);
    c.expect("p_normal_cc", test.p_normal_corrected);
    c.expect("p_normal", test.p_normal);
}

void check_mann_whitney(Case& c) {
    const std::vector<double> x = c.numbers("x");
    const std::vector<double> y = c.numbers("y");
    const RankTest test = mann_whitney(x, y);
    c.expect("U_x", test.statistic);
    c.expect("auc_x_gt_y", test.statistic / static_cast<double>(x.size() * y.size()));
    REQUIRE(test.p_exact);
    c.expect("p_exact_conditional", *test.p_exact);
    c.expect("p_normal_cc", test.p_normal_corrected);
    c.expect("p_normal", test.p_normal);
}

void check_correlation(Case& c) {
    const std::vector<double> x = c.numbers("x");
    const std::vector<double> y = c.numbers("y");
    const auto linear = pearson(x, y);
    REQUIRE(linear);
    c.expect("pearson", *linear);
    c.expect("fisher_ci95", fisher_interval(*linear, x.size(), 0.975));
    c.expect("p", p_no_correlation(*linear, x.size()));
    c.expect("spearman", spearman(x, y).value());
    c.expect("kendall_tau_b", kendall_tau_b(x, y).value());
}

void check_poisson(Case& c) {
    const EventCount first{c.count("x1"), c.number("t1")};
    const EventCount second{c.count("x2"), c.number("t2")};
    c.expect("rate1_ci95", poisson_rate(first, 0.975));
    c.expect("rate_ratio", first.rate() / second.rate());
    c.expect("ratio_ci95", poisson_ratio(first, second, 0.975));
    c.expect("p_two_sided", poisson_equal_rates(first, second));
}

}  // namespace metricgate::stats::reference
