#pragma once

#include "metrics/metric.h"

namespace metricgate::metrics {

// One function a catalog entry, each in the file of its name (`mean` in column_mean.cpp,
// `geometric_mean` in column_geometric_mean.cpp, `median` and `quantile` in column_quantile.cpp).
Definition accuracy();
Definition balanced_accuracy();
Definition precision();
Definition recall();
Definition f1();
Definition specificity();
Definition mcc();
Definition cohen_kappa();
Definition roc_auc();
Definition gini();
Definition ks_separation();
Definition average_precision();
Definition log_loss();
Definition brier_score();
Definition rmse();
Definition mse();
Definition mae();
Definition mape();
Definition r2();
Definition mean();
Definition geometric_mean();
Definition median();
Definition quantile();
Definition flips();
Definition negative_flips();
Definition psi();
Definition csi();
Definition ks_drift();
Definition jensen_shannon();
Definition hellinger();
Definition total_variation();
Definition chi_square();
Definition wasserstein();
Definition missing_rate();
Definition unseen_categories();
Definition vanished_categories();
Definition out_of_range();
Definition type_mismatches();
Definition ndcg();
Definition mrr();
Definition precision_at_k();
Definition mean_average_precision();
Definition top_k_accuracy();
Definition pass_at_k();
Definition median_absolute_error();
Definition jaccard();
Definition fbeta();
Definition pinball_loss();
Definition mase();
Definition mean_error();
Definition ece();
Definition maximum_calibration_error();
Definition calibration_slope();
Definition roc_auc_ovr();

}  // namespace metricgate::metrics
