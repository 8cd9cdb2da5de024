#include "metrics/catalog.h"

#include <set>
#include <string>

#include "support/catch.h"

using namespace metricgate::metrics;

TEST_CASE("no two catalog entries share a name", "[metrics]") {
    std::set<std::string_view> names;
    for (const Definition& definition : catalog()) {
        INFO(definition.name);
        CHECK(names.insert(definition.name).second);
    }
}

TEST_CASE("the catalog holds what the documentation promises", "[metrics]") {
    const std::set<std::string_view> promised = {"accuracy",
                                                 "balanced_accuracy",
                                                 "precision",
                                                 "recall",
                                                 "f1",
                                                 "specificity",
                                                 "mcc",
                                                 "cohen_kappa",
                                                 "roc_auc",
                                                 "gini",
                                                 "ks_separation",
                                                 "average_precision",
                                                 "log_loss",
                                                 "brier_score",
                                                 "rmse",
                                                 "mse",
                                                 "mae",
                                                 "mape",
                                                 "r2",
                                                 "mean",
                                                 "median",
                                                 "quantile",
                                                 "geometric_mean",
                                                 "fbeta",
                                                 "jaccard",
                                                 "roc_auc_ovr",
                                                 "top_k_accuracy",
                                                 "pass_at_k",
                                                 "ece",
                                                 "maximum_calibration_error",
                                                 "calibration_slope",
                                                 "median_absolute_error",
                                                 "mase",
                                                 "mean_error",
                                                 "pinball_loss",
                                                 "ndcg",
                                                 "mrr",
                                                 "precision_at_k",
                                                 "mean_average_precision",
                                                 "flips",
                                                 "negative_flips",
                                                 "psi",
                                                 "csi",
                                                 "ks_drift",
                                                 "jensen_shannon",
                                                 "hellinger",
                                                 "total_variation",
                                                 "chi_square",
                                                 "wasserstein",
                                                 "missing_rate",
                                                 "unseen_categories",
                                                 "vanished_categories",
                                                 "out_of_range",
                                                 "type_mismatches"};
    std::set<std::string_view> names;
    for (const Definition& definition : catalog()) {
        names.insert(definition.name);
    }
    CHECK(names == promised);
}

TEST_CASE("every catalog entry describes itself and can be computed", "[metrics]") {
    for (const Definition& definition : catalog()) {
        INFO(definition.name);
        CHECK_FALSE(definition.summary.empty());
        CHECK_FALSE(definition.formula.empty());
        CHECK(definition.summary.find('\n') == std::string_view::npos);
        CHECK(definition.summary.size() <= 80);
        CHECK((definition.needs != 0U) != (column_form(&definition) != nullptr));
        CHECK(definition.lowest < definition.highest);
        CHECK(find(definition.name) == &definition);
        if (const auto* form = std::get_if<OutcomesForm>(&definition.form)) {
            CHECK((form->counts != nullptr && form->success != nullptr));
            CHECK((form->value != nullptr) == definition.averaged);
        }
    }
    CHECK(find("auc-roc") == nullptr);
}
