#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace metricgate::stats {

/// Exact placement counts of one model's scores: twice the number of opposite-class examples an
/// example is ranked on the right side of (ties count one), an integer, so that nothing depends on
/// row order. O(n log n) at most. Scores are not NaN, fewer than 2^31. Beside the result 4 bytes a
/// row.
std::vector<std::uint32_t> placements(std::span<const double> scores,
                                      std::span<const std::uint8_t> positive);

struct AucEstimate {
    double baseline = 0.0;
    double candidate = 0.0;
    double difference = 0.0;      ///< candidate - factor * baseline
    double standard_error = 0.0;  ///< of `difference`
    double candidate_standard_error = 0.0;
    std::uint64_t positives = 0;
    std::uint64_t negatives = 0;
};

/// DeLong, DeLong and Clarke-Pearson 1988 by mid-ranks (Sun and Xu 2014), for the contrast
/// candidate - factor * baseline. At least 2 examples of each class; with fewer the standard errors
/// are infinite, and with none of one class the areas do not exist: look at the counts first.
AucEstimate paired_delong(std::span<const std::uint32_t> baseline_placements,
                          std::span<const std::uint32_t> candidate_placements,
                          std::span<const std::uint8_t> positive, double factor = 1.0);

}  // namespace metricgate::stats
