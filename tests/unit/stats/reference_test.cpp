// Every case of tests/reference is checked here or is named here with the reason why it is not.
#include <map>
#include <set>
#include <string>

#include "support/catch.h"
#include "unit/stats/reference_case.h"

namespace {

using namespace metricgate::stats::reference;

constexpr std::size_t known_cases = 160;

const std::map<std::string, void (*)(Case&)> checks{
    {"auc.delong", check_auc_delong},
    {"auc.paired_delong", check_paired_delong},
    {"bootstrap.ci", check_bootstrap},
    {"clustered.mean", check_clustered_mean},
    {"correlation", check_correlation},
    {"mann_whitney", check_mann_whitney},
    {"drift.categorical", check_drift_categorical},
    {"drift.numeric", check_drift_numeric},
    {"drift.wasserstein_weighted", check_weighted_wasserstein},
    {"p_adjust", check_p_adjust},
    {"paired_proportions", check_paired_proportions},
    {"paired_t", check_paired_t},
    {"poisson_rates", check_poisson},
    {"power.paired_accuracy_ni", check_power_paired_accuracy},
    {"power.paired_one_sided", check_power_paired_one_sided},
    {"proportion.ci", check_proportion},
    {"quantile", check_quantile},
    {"spc.arl_cusum", check_cusum_run_length},
    {"spc.arl_ewma", check_ewma_run_length},
    {"spc.cusum", check_cusum},
    {"spc.ewma", check_ewma},
    {"spc.individuals", check_individuals},
    {"spc.rules", check_run_rules},
    {"two_proportions", check_two_proportions},
    {"welch_t", check_welch},
    {"wilcoxon_signed_rank", check_signed_rank},
};

constexpr const char* by_metrics = "checked by tests/unit/metrics";
constexpr const char* strict_bias =
    "ties must count half: counted strictly, a 90 % interval of an accuracy covers 76 %";
constexpr const char* by_metrics_or_later = "a metric, not a kernel; where it is one, see metrics";
constexpr const char* baseline_is_a_sample =
    "takes the baseline's shares as known without noise; chi2_homogeneity does not";
constexpr const char* no_effect_size = "grows with n: no size of a drift that a limit could hold";
constexpr const char* as_printed = "what another key says, rounded as the source prints it";

const std::map<std::string, const char*> operations_elsewhere{
    {"metric.binary", by_metrics},          {"metric.multiclass", by_metrics},
    {"metric.multiclass_prob", by_metrics}, {"metric.probabilistic", by_metrics},
    {"metric.ranking", by_metrics},         {"metric.regression", by_metrics},
};

const std::map<std::string, const char*> keys_not_offered{
    {"auc.delong.ks_max_tpr_minus_fpr", by_metrics_or_later},
    {"auc.delong.ks_two_sample_D_abs", by_metrics_or_later},
    {"auc.delong.pauc_mcclish_corrected", by_metrics_or_later},
    {"auc.delong.pauc_spec_1_to_0.9", by_metrics_or_later},
    {"bootstrap.ci.bca_R_t0centred_strict_90", strict_bias},
    {"bootstrap.ci.bca_R_t0centred_strict_95", strict_bias},
    {"bootstrap.ci.bca_ET_meancentred_strict_90", strict_bias},
    {"bootstrap.ci.bca_ET_meancentred_strict_95", strict_bias},
    {"bootstrap.ci.z0_strict", strict_bias},
    {"bootstrap.ci.acceleration_jack_t0centred_R",
     "centred at the mean instead, as Efron and Tibshirani and scipy do"},
    {"clustered.mean.design_effect",
     "the square of the ratio of two standard errors that are both offered"},
    {"clustered.mean.se_cluster_CR0",
     "CR1 is offered; without its small-sample factor intervals miss 8 % a side at 10 clusters"},
    {"drift.categorical.gof_chi2", baseline_is_a_sample},
    {"drift.categorical.gof_p", baseline_is_a_sample},
    {"drift.numeric.anderson_darling_k2", no_effect_size},
    {"drift.numeric.cvm_T", no_effect_size},
    {"drift.numeric.cvm_p", no_effect_size},
    {"drift.numeric.energy_distance_scipy", "wasserstein answers the same in the values' units"},
    {"drift.numeric.ks_p_asymp_scipy",
     "the one-sample distribution at a rounded n; offered are the exact p and Kolmogorov's limit"},
    {"p_adjust.bonferroni", "Holm promises the same and is never weaker"},
    {"p_adjust.hommel",
     "gains little over Hochberg, which promises the same and can be checked by hand"},
    {"paired_proportions.agresti_min_ci95",
     "Bonett-Price is the same idea with better coverage at few pairs"},
    {"paired_proportions.mcnemar_cc_chi2",
     "the continuity correction approximates the exact p, which is offered"},
    {"paired_proportions.mcnemar_cc_p",
     "the continuity correction approximates the exact p, which is offered"},
    {"paired_proportions.wald_ci95",
     "misses 21 % below at n = 50 and accuracy .95, where Tango misses 2.4 %"},
    {"proportion.ci.agresti_coull", "leaves [0, 1] and is never better than Wilson"},
    {"proportion.ci.wilson_cc", "approximates Clopper-Pearson, which is offered"},
    {"quantile.type1", "one definition of a quantile is used throughout: type 7, as numpy and R"},
    {"quantile.type6", "one definition of a quantile is used throughout: type 7, as numpy and R"},
    {"spc.cusum.printed_s_hi", as_printed},
    {"spc.cusum.printed_s_hi_2dp", as_printed},
    {"spc.cusum.printed_s_lo", as_printed},
    {"spc.cusum.printed_s_lo_2dp", as_printed},
    {"spc.ewma.printed_ucl_lcl", as_printed},
    {"spc.ewma.printed_z_2dp", as_printed},
    {"spc.individuals.printed", as_printed},
    {"welch_t.student_pooled_p", "assumes equal variances; Welch costs nothing when they are"},
};

}  // namespace

TEST_CASE("every reference case is reproduced, or named with the reason why not", "[stats]") {
    std::vector<Case> cases = all_cases();
    CHECK(cases.size() >= known_cases);
    std::set<std::string> used;
    for (Case& one : cases) {
        INFO("operation " << one.op() << ", case " << one.id());
        const auto check = checks.find(one.op());
        if (check == checks.end()) {
            CHECK(operations_elsewhere.contains(one.op()));  // an unknown operation fails here
            used.insert(one.op());
            continue;
        }
        CHECK_FALSE(operations_elsewhere.contains(one.op()));
        check->second(one);
        used.insert(one.op());
        for (const std::string& key : one.unseen()) {
            INFO("key " << key);
            CHECK(keys_not_offered.contains(one.op() + "." + key));
            used.insert(one.op() + "." + key);
        }
    }
    // The lists name nothing that the files do not have.
    for (const auto& [name, check] : checks) {
        INFO(name);
        CHECK(used.contains(name));
    }
    for (const auto* list : {&operations_elsewhere, &keys_not_offered}) {
        for (const auto& [name, reason] : *list) {
            INFO(name << ": " << reason);
            CHECK(used.contains(name));
        }
    }
}
