#include "stats/repeated_runs.h"

#include <cassert>
#include <cmath>

namespace metricgate::stats {

MeanEstimate corrected_mean(std::span<const double> differences, double test_train_ratio) {
    assert(test_train_ratio > 0.0);
    MeanEstimate estimate = paired_mean(differences);
    const auto folds = static_cast<double>(differences.size());
    estimate.standard_error *= std::sqrt(1.0 + folds * test_train_ratio);
    return estimate;
}

MeanEstimate single_run(double one, double one_factor, std::span<const double> runs,
                        double runs_factor) {
    MeanEstimate estimate = paired_mean(runs);
    const auto count = static_cast<double>(runs.size());
    estimate.mean = one_factor * one - runs_factor * estimate.mean;
    estimate.standard_error *=
        std::sqrt(runs_factor * runs_factor + count * one_factor * one_factor);
    return estimate;
}

}  // namespace metricgate::stats
