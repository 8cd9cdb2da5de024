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
        specificity(),
        mcc(),
        cohen_kappa(),
        roc_auc(),
        gini(),
        ks_separation(),
        average_precision(),
        log_loss(),
        brier_score(),
        rmse(),
        mse(),
        mae(),
        mape(),
        r2(),
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
