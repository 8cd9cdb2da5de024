#include "metrics/calibration_bins.h"

#include <algorithm>
#include <cmath>

namespace metricgate::metrics {

std::size_t calibration_bin(double probability, std::size_t bins) {
    const auto count = static_cast<double>(bins);
    // The product may round across an edge; the edges themselves decide.
    auto bin = static_cast<std::size_t>(
        std::clamp(std::ceil(probability * count) - 1.0, 0.0, count - 1.0));
    while (bin > 0 && probability <= static_cast<double>(bin) / count) {
        --bin;
    }
    while (bin + 1 < bins && probability > static_cast<double>(bin + 1) / count) {
        ++bin;
    }
    return bin;
}

const char* refuse_probability(double score) {
    return score >= 0.0 && score <= 1.0 ? nullptr : "scores must be probabilities in [0, 1]";
}

}  // namespace metricgate::metrics
