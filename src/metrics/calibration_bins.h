#pragma once

#include <cstddef>

namespace metricgate::metrics {

/// The bin of a probability among `bins` of equal width, each closed on the right: bin i holds
/// (i / bins, (i + 1) / bins], the first one also 0. As in Guo et al., "On calibration of modern
/// neural networks" (ICML 2017), and scikit-learn's calibration_curve. Edges are the doubles
/// nearest to i / bins, so that 0.3 belongs to (0.2, 0.3] of ten.
std::size_t calibration_bin(double probability, std::size_t bins);

/// Why a score cannot be put into a bin, or null.
const char* refuse_probability(double score);

/// Stands beside every calibration error.
inline constexpr const char* calibration_caution =
    "Noise alone makes a calibration error larger than 0, the more so the fewer examples a bin "
    "holds: on few examples a limit is missed too often, not too seldom.";

}  // namespace metricgate::metrics
