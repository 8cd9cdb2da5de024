#include "comparison/catalog.h"

#include "comparison/methods.h"

namespace metricgate::comparison {

const std::vector<Method>& catalog() {
    static const std::vector<Method> methods = {
        {"flips", "share of examples that changed between the sides, for limits; Wilson",
         "Wilson 1927", flips_applies, run_flips},
        {"tango", "score interval of the difference of two paired proportions",
         "Tango, Statistics in Medicine 17, 1998", tango_applies, run_tango},
        {"delong", "paired difference of areas under the ROC curve, by mid-ranks",
         "DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988; Sun and Xu 2014", delong_applies,
         run_delong},
        {"paired_t",
         "mean of paired differences with Student's t; weighted with the sandwich variance, "
         "clustered with CR1 and t(G - 1)",
         "Student 1908; Liang and Zeger, Biometrika 73, 1986", mean_t_applies, run_mean_t,
         paired_runs_apply, run_paired_runs},
        {"corrected_t",
         "mean of paired differences over folds of one data set, for their shared training data",
         "Nadeau and Bengio, Machine Learning 52, 2003", nullptr, nullptr, corrected_t_applies,
         run_paired_runs},
        {"log_ratio",
         "ratio of two geometric means: t interval of the differences of logarithms, as in welch, "
         "paired_t or corrected_t",
         "Fleming and Wallace, CACM 29, 1986", log_ratio_applies, run_log_ratio,
         log_ratio_of_runs_applies, run_log_ratio_of_runs},
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
         "percentile interval from examples or clusters reweighted by a hash of their id",
         "Efron and Tibshirani 1993; Chamandy et al. 2012", weighted_bootstrap_applies,
         run_weighted_bootstrap},
        {"shared_signs",
         "search of `slices: {discover: true}`: the largest loss of many parts against its "
         "distribution under random signs that the parts share; score intervals that hold at once",
         "Westfall and Young 1993; Davidson and Flachaire, Journal of Econometrics 146, 2008"},
        {"welch", "difference of the means of repeated runs, unequal variances",
         "Welch, Biometrika 34, 1947", nullptr, nullptr, welch_applies, run_welch},
        {"prediction_interval", "a single run against repeated runs, taken to spread like them",
         "Hahn and Meeker, Statistical Intervals, 1991"},
        {"z", "difference of two recorded numbers that have standard errors", "normal theory"},
        {"newcombe", "hybrid score interval of the difference of two recorded proportions",
         "Newcombe, Statistics in Medicine 17, 1998, method 10"},
        {"tolerance", "two bare numbers: the margin is a tolerance band, no uncertainty is known",
         "exact comparison, 4 ulp for rounding"},
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

}  // namespace metricgate::comparison
