// Reference cases of proportions: intervals of one, of two independent and of two paired ones.
#include <algorithm>

#include "stats/distributions.h"
#include "stats/proportions.h"
#include "unit/stats/reference_case.h"

namespace metricgate::stats::reference {

void check_paired_proportions(Case& c) {
    const PairedCounts counts{c.count("both_right"), c.count("candidate_only"),
                              c.count("baseline_only"), c.count("both_wrong")};
    c.expect("n", static_cast<double>(counts.n()));
    c.expect("diff", counts.difference());
    c.expect("mcnemar_exact_p", mcnemar_exact(counts));
    c.expect("mcnemar_midp_p", mcnemar_mid_p(counts));
    const double score = tango_score(counts, 0.0);  // the square root of McNemar's chi-square
    c.expect("mcnemar_chi2", score * score);
    const double p = tango_p_no_loss(counts);
    c.expect("mcnemar_p", score == 0.0 ? 1.0 : 2.0 * std::min(p, 1.0 - p));
    c.expect("tango_ci95", tango(counts, 0.975));
    c.expect("tango_ci90", tango(counts, 0.95));
    c.expect("bonett_price_ci95", bonett_price(counts, 0.975));
    c.expect("newcombe_sqadd_ci95", newcombe_paired(counts, 0.975));
    c.expect("newcombe_sqadd_ci90", newcombe_paired(counts, 0.95));
    const double against_margin = tango_score(counts, -c.number("margin"));
    c.expect("tango_ni_z", against_margin);
    c.expect("tango_ni_p_one_sided", normal_cdf(-against_margin));
}

void check_two_proportions(Case& c) {
    const double x1 = c.number("x1");
    const double n1 = c.number("n1");
    const double x2 = c.number("x2");
    const double n2 = c.number("n2");
    c.expect("diff", x1 / n1 - x2 / n2);
    c.expect("newcombe_hybrid_score_ci95", newcombe(x1, n1, x2, n2, 0.975));
    const TwoSamples samples{c.count("x1"), c.count("n1"), c.count("x2"), c.count("n2")};
    c.expect("miettinen_nurminen_ci95", miettinen_nurminen(samples, 0.975));
    const double z = pooled_z(samples);
    c.expect("chi2", z * z);
    c.expect("p_pooled_z", 2.0 * normal_cdf(z < 0.0 ? z : -z));
    c.expect("fisher_p", fisher_exact(samples));
}

void check_proportion(Case& c) {
    const std::uint64_t x = c.count("x");
    const std::uint64_t n = c.count("n");
    const double confidence = (1.0 + c.number("conf")) / 2.0;  // of each side
    c.expect("wilson", wilson(static_cast<double>(x), static_cast<double>(n), confidence));
    c.expect("clopper_pearson", clopper_pearson(x, n, confidence));
    c.expect("jeffreys", jeffreys(x, n, confidence));
    const Interval one_sided = clopper_pearson(x, n, 0.95);
    c.expect("clopper_pearson_lower_one_sided95", one_sided.lower);
    c.expect("clopper_pearson_upper_one_sided95", one_sided.upper);
}

}  // namespace metricgate::stats::reference
