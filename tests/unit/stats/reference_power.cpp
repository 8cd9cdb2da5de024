// Reference cases of sample sizes.
#include "stats/power.h"
#include "unit/stats/reference_case.h"

namespace metricgate::stats::reference {

void check_power_paired_one_sided(Case& c) {
    const double sd = c.number("sd_of_differences");
    const double gap = c.number("gap");
    const double confidence = 1.0 - c.number("alpha");
    c.expect("n_normal", pairs_needed(sd, gap, confidence, c.number("power")));
    c.expect("n_t_exact", pairs_needed_by_t(sd, gap, confidence, c.number("power")));
}

void check_power_paired_accuracy(Case& c) {
    c.expect("n", outcome_pairs_needed(c.number("discordant_rate"), c.number("margin"),
                                       c.number("true_diff"), 1.0 - c.number("alpha"),
                                       c.number("power")));
}

}  // namespace metricgate::stats::reference
