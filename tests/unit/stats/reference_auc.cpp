// Reference cases of the area under the ROC curve and its standard errors.
#include <algorithm>

#include "stats/delong.h"
#include "stats/distributions.h"
#include "unit/stats/reference_case.h"

namespace metricgate::stats::reference {

namespace {

std::vector<std::uint8_t> labels_of(const Case& c) {
    std::vector<std::uint8_t> labels;
    for (const double label : c.numbers("labels")) {
        labels.push_back(label == 1.0 ? 1 : 0);
    }
    return labels;
}

Interval around(double estimate, double standard_error, double confidence) {
    const double half = normal_quantile(confidence) * standard_error;
    return {estimate - half, estimate + half, confidence};
}

Interval clamped(const Interval& raw) {
    return {std::max(0.0, raw.lower), std::min(1.0, raw.upper), raw.confidence};
}

}  // namespace

void check_auc_delong(Case& c) {
    const std::vector<std::uint8_t> labels = labels_of(c);
    const auto ranked = placements(c.numbers("scores"), labels);
    const AucEstimate estimate = paired_delong(ranked, ranked, labels);
    const double error = estimate.candidate_standard_error;
    c.expect("auc", estimate.candidate);
    c.expect("gini", 2.0 * estimate.candidate - 1.0);
    c.expect("delong_se", error);
    c.expect("delong_var", error * error);
    c.expect("ci95_raw", around(estimate.candidate, error, 0.975));
    c.expect("ci95_clamped", clamped(around(estimate.candidate, error, 0.975)));
    c.expect("ci90_clamped", clamped(around(estimate.candidate, error, 0.95)));
    c.expect("n_pos", static_cast<double>(estimate.positives));
    c.expect("n_neg", static_cast<double>(estimate.negatives));
}

void check_paired_delong(Case& c) {
    const std::vector<std::uint8_t> labels = labels_of(c);
    const auto baseline = placements(c.numbers("baseline"), labels);
    const auto candidate = placements(c.numbers("candidate"), labels);
    const AucEstimate estimate = paired_delong(baseline, candidate, labels);
    const double of_baseline = paired_delong(candidate, baseline, labels).candidate_standard_error;
    const double of_candidate = estimate.candidate_standard_error;
    const double error = estimate.standard_error;
    c.expect("auc_baseline", estimate.baseline);
    c.expect("auc_candidate", estimate.candidate);
    c.expect("diff", estimate.difference);
    c.expect("var_baseline", of_baseline * of_baseline);
    c.expect("var_candidate", of_candidate * of_candidate);
    c.expect("cov",
             (of_baseline * of_baseline + of_candidate * of_candidate - error * error) / 2.0);
    c.expect("se_diff", error);
    const double z = estimate.difference / error;
    c.expect("z", z);
    c.expect("p_two_sided", 2.0 * normal_cdf(z < 0.0 ? z : -z));
    c.expect("ci95", around(estimate.difference, error, 0.975));
    c.expect("ci90", around(estimate.difference, error, 0.95));
    const double against_margin = (estimate.difference + c.number("margin")) / error;
    c.expect("ni_z", against_margin);
    c.expect("ni_p_one_sided", normal_cdf(-against_margin));
    c.expect("ni_lower95_one_sided", around(estimate.difference, error, 0.95).lower);
}

}  // namespace metricgate::stats::reference
