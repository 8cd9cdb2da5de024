#include "metrics/catalog.h"

#include "metrics/definitions.h"

namespace metricgate::metrics {

const std::vector<Definition>& catalog() {
    static const std::vector<Definition> definitions = {
        accuracy(),
        balanced_accuracy(),
        precision(),
        recall(),
        f1(),
        fbeta(),
        jaccard(),
        specificity(),
        mcc(),
        cohen_kappa(),
        roc_auc(),
        roc_auc_ovr(),
        gini(),
        ks_separation(),
        average_precision(),
        top_k_accuracy(),
        pass_at_k(),
        log_loss(),
        brier_score(),
        ece(),
        maximum_calibration_error(),
        calibration_slope(),
        rmse(),
        mse(),
        mae(),
        median_absolute_error(),
        mape(),
        mase(),
        mean_error(),
        pinball_loss(),
        r2(),
        ndcg(),
        mrr(),
        precision_at_k(),
        mean_average_precision(),
        mean(),
        geometric_mean(),
        median(),
        quantile(),
        flips(),
        negative_flips(),
        psi(),
        csi(),
        ks_drift(),
        jensen_shannon(),
        hellinger(),
        total_variation(),
        chi_square(),
        wasserstein(),
        missing_rate(),
        unseen_categories(),
        vanished_categories(),
        out_of_range(),
        type_mismatches(),
    };
    return definitions;
}

const Definition* find(std::string_view name) {
    for (const Definition& definition : catalog()) {
        if (definition.name == name) {
            return &definition;
        }
    }
    return nullptr;
}

}  // namespace metricgate::metrics
