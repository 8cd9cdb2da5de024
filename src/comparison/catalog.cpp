#include "comparison/catalog.h"

#include "comparison/methods.h"
#include "support/text.h"

namespace metricgate::comparison {

const std::vector<Method>& catalog() {
    static const std::vector<Method> methods = {
        {"flips", "share of examples that changed between the sides, for limits; Wilson",
         "Wilson 1927", flips_applies, run_flips},
        {"tango", "score interval of the difference of two paired proportions",
         "Tango, Statistics in Medicine 17, 1998", tango_applies, run_tango},
        {"bonett_price", "adjusted Wald interval of the difference of two paired proportions",
         "Bonett and Price, Journal of Educational and Behavioral Statistics 37, 2012",
         bonett_price_applies, run_bonett_price},
        {"newcombe_paired",
         "square-and-add score interval of the difference of two paired proportions",
         "Newcombe, Statistics in Medicine 17, 1998, paired method 10", newcombe_paired_applies,
         run_newcombe_paired},
        {"mcnemar_exact",
         "Tango's interval; a change is claimed only when McNemar's exact test shows it, too",
         "McNemar, Psychometrika 12, 1947; Tango 1998", mcnemar_applies, run_mcnemar_exact},
        {"mcnemar_mid_p",
         "Tango's interval; a change is claimed only when McNemar's mid-p test shows it, too",
         "Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13, 2013; Tango 1998",
         mcnemar_applies, run_mcnemar_mid_p},
        {"delong",
         "paired difference of areas under the ROC curve, by mid-ranks; each bound is the farther "
         "one of the normal interval's and of MOVER's from logit intervals",
         "DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988; Sun and Xu 2014; Zou and Donner, "
         "Statistics in Medicine 27, 2008",
         delong_applies, run_delong},
        {"paired_t",
         "mean of paired differences with Student's t, widened by Hall's correction where they are "
         "skewed; weighted with the sandwich variance, clustered with CR2",
         "Student 1908; Hall, JRSS B 54, 1992; Bell and McCaffrey, Survey Methodology 28, 2002",
         mean_t_applies, run_mean_t, paired_runs_apply, run_paired_runs},
        {"corrected_t",
         "mean of paired differences over folds of one data set, for their shared training data",
         "Nadeau and Bengio, Machine Learning 52, 2003", nullptr, nullptr, corrected_t_applies,
         run_paired_runs},
        {"log_ratio",
         "ratio of two geometric means: t interval of the differences of logarithms, as in welch, "
         "paired_t or corrected_t",
         "Fleming and Wallace, CACM 29, 1986", log_ratio_applies, run_log_ratio,
         log_ratio_of_runs_applies, run_log_ratio_of_runs},
        {"wilcoxon",
         "median of the averages of all pairs of differences, by signed ranks: for losses with "
         "extreme values",
         "Hodges and Lehmann, Annals of Mathematical Statistics 34, 1963", wilcoxon_applies,
         run_wilcoxon},
        {"count_bootstrap",
         "percentile interval from multinomial draws of the joint counts, with half a count on "
         "each discordant cell",
         "Efron and Tibshirani 1993", count_bootstrap_applies, run_count_bootstrap},
        {"order_statistics",
         "order-statistic bounds of each side's quantile, combined as if independent",
         "David and Nagaraja 2003; Zou and Donner, Statistics in Medicine 27, 2008",
         order_statistics_applies, run_order_statistics, sample_quantiles_apply,
         run_sample_quantiles},
        {"weighted_bootstrap",
         "percentile interval from examples or clusters reweighted by a hash of their id, expanded "
         "for few units; of functions of means no narrower than the jackknife's with Hall's "
         "correction",
         "Efron and Tibshirani 1993; Chamandy et al. 2012; Hesterberg, The American Statistician "
         "69, 2015",
         weighted_bootstrap_applies, run_weighted_bootstrap},
        {"shared_signs",
         "search of `slices: {discover: true}`: the largest loss of many parts against its "
         "distribution under random signs that the parts share; score intervals that hold at once",
         "Westfall and Young 1993; Davidson and Flachaire, Journal of Econometrics 146, 2008"},
        {"basic_bootstrap",
         "resamples of weighted_bootstrap with the interval mirrored at the estimate",
         "Davison and Hinkley 1997, section 5.2", basic_bootstrap_applies, run_basic_bootstrap},
        {"bca_bootstrap",
         "resamples of weighted_bootstrap corrected for bias and acceleration, ties counted half: "
         "for smooth "
         "skewed metrics of means",
         "Efron, JASA 82, 1987; Efron and Tibshirani 1993, 14.15", bca_bootstrap_applies,
         run_bca_bootstrap},
        {"studentized_bootstrap",
         "resamples of weighted_bootstrap, each in units of its own standard error: for skewed "
         "losses",
         "Davison and Hinkley 1997, section 5.2", studentized_bootstrap_applies,
         run_studentized_bootstrap},
        {.name = "z",
         .summary = "difference of two recorded numbers that have standard errors",
         .reference = "normal theory",
         .applies_to_scalars = z_applies,
         .run_scalars = run_z},
        {.name = "newcombe",
         .summary = "hybrid score interval of the difference of two independent proportions",
         .reference = "Newcombe, Statistics in Medicine 17, 1998, method 10",
         .applies_to_scalars = newcombe_applies,
         .run_scalars = run_newcombe,
         .applies_to_different = shares_apply,
         .run_different = run_newcombe_different},
        {.name = "miettinen_nurminen",
         .summary = "score interval of the difference of two independent proportions",
         .reference = "Miettinen and Nurminen, Statistics in Medicine 4, 1985",
         .applies_to_scalars = miettinen_nurminen_applies,
         .run_scalars = run_miettinen_nurminen,
         .applies_to_different = shares_apply,
         .run_different = run_miettinen_nurminen_different},
        {.name = "delong_unpaired",
         .summary = "difference of areas under the ROC curve of different examples: variances add",
         .reference = "DeLong, DeLong and Clarke-Pearson 1988; degrees of freedom as pROC 1.18",
         .applies_to_different = delong_unpaired_applies,
         .run_different = run_delong_unpaired},
        {.name = "welch",
         .summary = "difference of the means of repeated runs or of different examples, unequal "
                    "variances",
         .reference = "Welch, Biometrika 34, 1947",
         .applies_to_samples = welch_applies,
         .run_samples = run_welch,
         .applies_to_different = welch_applies_to_different,
         .run_different = run_welch_different},
        {.name = "crossed_runs",
         .summary = "means over several runs and the same examples, such as seeds: the paired "
                    "variance of the examples and that of the runs, with Satterthwaite's degrees "
                    "of freedom",
         .reference = "Searle, Casella and McCulloch, Variance Components, 1992; Bouthillier et "
                      "al., MLSys 2021"},
        {.name = "prediction_interval",
         .summary = "a single run against repeated runs, taken to spread like them",
         .reference = "Hahn and Meeker, Statistical Intervals, 1991"},
        {.name = "mann_whitney",
         .summary = "median of all differences of two runs, by rank sums: for runs with extreme "
                    "values",
         .reference = "Mann and Whitney 1947; Hodges and Lehmann 1963",
         .applies_to_samples = mann_whitney_applies,
         .run_samples = run_mann_whitney},
        {.name = "poisson",
         .summary = "rates of recorded events over an exposure: exact intervals of both, and the "
                    "exact ratio for a relative margin",
         .reference = "Garwood 1936; Przyborowski and Wilenski 1940",
         .applies_to_scalars = poisson_applies,
         .run_scalars = run_poisson},
        {.name = "mover",
         .summary = "each side's own interval joined, for different examples: whatever declares "
                    "nothing better",
         .reference = "Zou and Donner, Statistics in Medicine 27, 2008",
         .applies_to_different = mover_applies,
         .run_different = run_mover},
        {.name = "noise_level",
         .summary =
             "size of a drift, held against its limit, with the size that chance reaches beside it",
         .reference = "permutation; Kolmogorov 1933; del Barrio, Gine and Matran, Annals of "
                      "Probability 27, 1999"},
        {.name = "count",
         .summary = "a count or share over one column, held against its limit",
         .reference = "exact"},
        {.name = "tolerance",
         .summary = "two bare numbers: the margin is a tolerance band, no uncertainty is known",
         .reference = "exact comparison, 4 ulp for rounding",
         .applies_to_scalars = tolerance_applies,
         .run_scalars = run_tolerance},
    };
    return methods;
}

const Method* find(std::string_view name) {
    for (const Method& method : catalog()) {
        if (method.name == name) {
            return &method;
        }
    }
    return nullptr;
}

const Method* choose(const std::string& wanted, const std::string& subject,
                     std::string_view last_resort,
                     const std::function<std::string(const Method&)>& applies,
                     std::string& problem) {
    if (!wanted.empty()) {
        const Method* method = find(wanted);
        if (method == nullptr) {
            problem = "there is no method '" + wanted + "'";
            return nullptr;
        }
        const std::string reason = applies(*method);
        if (reason.empty()) {
            return method;
        }
        std::vector<std::string> names;
        for (const Method& other : catalog()) {
            if (applies(other).empty()) {
                names.emplace_back(other.name);
            }
        }
        problem = "method '" + wanted + "' does not apply to " + subject + ": " + reason + "; " +
                  (names.empty() ? "none does" : support::enumerate(names, "or") + " would");
        return nullptr;
    }
    std::string last;
    for (const Method& method : catalog()) {
        std::string reason = applies(method);
        if (reason.empty()) {
            return &method;
        }
        if (method.name == last_resort) {
            last = std::move(reason);
        }
    }
    problem = "no method applies to " + subject + ": " + last;
    return nullptr;
}

}  // namespace metricgate::comparison
