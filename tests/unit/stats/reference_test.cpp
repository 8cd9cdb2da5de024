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
    {"clustered.mean", check_clustered_mean},
    {"p_adjust", check_p_adjust},
    {"paired_proportions", check_paired_proportions},
    {"paired_t", check_paired_t},
    {"proportion.ci", check_proportion},
    {"quantile", check_quantile},
    {"two_proportions", check_two_proportions},
    {"welch_t", check_welch},
};

constexpr const char* by_metrics = "checked by tests/unit/metrics";
constexpr const char* not_yet = "not offered yet";
constexpr const char* by_metrics_or_later = "a metric, not a kernel; where it is one, see metrics";
constexpr const char* never = "unsafe here, or inferior to a method that is offered";

const std::map<std::string, const char*> operations_elsewhere{
    {"bootstrap.ci", not_yet},
    {"correlation", not_yet},
    {"drift.categorical", not_yet},
    {"drift.numeric", not_yet},
    {"drift.wasserstein_weighted", not_yet},
    {"mann_whitney", not_yet},
    {"metric.binary", by_metrics},
    {"metric.multiclass", by_metrics},
    {"metric.multiclass_prob", by_metrics},
    {"metric.probabilistic", by_metrics},
    {"metric.ranking", by_metrics},
    {"metric.regression", by_metrics},
    {"poisson_rates", not_yet},
    {"power.paired_accuracy_ni", not_yet},
    {"power.paired_one_sided", not_yet},
    {"spc.arl_cusum", not_yet},
    {"spc.arl_ewma", not_yet},
    {"spc.cusum", not_yet},
    {"spc.ewma", not_yet},
    {"spc.individuals", not_yet},
    {"spc.rules", not_yet},
    {"wilcoxon_signed_rank", not_yet},
};

const std::map<std::string, const char*> keys_not_offered{
    {"auc.delong.ks_max_tpr_minus_fpr", by_metrics_or_later},
    {"auc.delong.ks_two_sample_D_abs", by_metrics_or_later},
    {"auc.delong.pauc_mcclish_corrected", by_metrics_or_later},
    {"auc.delong.pauc_spec_1_to_0.9", by_metrics_or_later},
    {"clustered.mean.design_effect", not_yet},
    {"clustered.mean.se_cluster_CR0", never},
    {"p_adjust.bh", not_yet},
    {"p_adjust.bonferroni", never},
    {"p_adjust.by", not_yet},
    {"p_adjust.hochberg", never},
    {"p_adjust.hommel", never},
    {"paired_proportions.agresti_min_ci95", never},
    {"paired_proportions.bonett_price_ci95", not_yet},
    {"paired_proportions.mcnemar_cc_chi2", never},
    {"paired_proportions.mcnemar_cc_p", never},
    {"paired_proportions.newcombe_sqadd_ci90", not_yet},
    {"paired_proportions.newcombe_sqadd_ci95", not_yet},
    {"paired_proportions.wald_ci95", never},
    {"paired_t.tost_p", not_yet},
    {"proportion.ci.agresti_coull", never},
    {"proportion.ci.jeffreys", not_yet},
    {"proportion.ci.wilson_cc", never},
    {"quantile.mad_1.4826", not_yet},
    {"quantile.type1", never},
    {"quantile.type6", never},
    {"two_proportions.chi2", not_yet},
    {"two_proportions.fisher_p", not_yet},
    {"two_proportions.miettinen_nurminen_ci95", not_yet},
    {"two_proportions.p_pooled_z", not_yet},
    {"welch_t.student_pooled_p", never},
    {"welch_t.tost_p", not_yet},
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
