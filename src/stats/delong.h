#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/wide.h"

namespace metricgate::stats {

/// Exact placement counts of one model's scores: twice the number of opposite-class examples an
/// example is ranked on the right side of (ties count one), an integer, so that nothing depends on
/// row order. O(n). Scores are not NaN, fewer than 2^31.
std::vector<std::uint32_t> placements(std::span<const double> scores,
                                      std::span<const std::uint8_t> positive);

struct AucEstimate {
    double baseline = 0.0;
    double candidate = 0.0;
    double difference = 0.0;      ///< candidate - factor * baseline
    double standard_error = 0.0;  ///< of `difference`
    double baseline_standard_error = 0.0;
    double candidate_standard_error = 0.0;
    std::uint64_t positives = 0;
    std::uint64_t negatives = 0;
};

/// All that DeLong's method needs of paired placements: sums of integers, whatever the order.
class PlacementSums {
public:
    void add(bool positive, std::uint32_t baseline, std::uint32_t candidate) {
        (positive ? m_positives : m_negatives).add(baseline, candidate);
    }
    /// DeLong, DeLong and Clarke-Pearson 1988 by mid-ranks (Sun and Xu 2014), for the contrast
    /// candidate - factor * baseline. At least 2 examples of each class; with fewer the standard
    /// errors are infinite, and with none of one class the areas do not exist: look at the counts
    /// first.
    [[nodiscard]] AucEstimate estimate(double factor = 1.0) const;

private:
    // Sums over one class of placements b and c (of baseline and candidate) and d = c - b.
    // Placements are below 2^32 and rows below 2^31, so that even n times a sum of squares fits 126
    // bits.
    struct ClassSums {
        std::uint64_t n = 0;
        Int128 b = 0;
        Int128 c = 0;
        Int128 bb = 0;
        Int128 cc = 0;
        Int128 dd = 0;
        Int128 db = 0;

        void add(std::int64_t baseline, std::int64_t candidate) {
            const std::int64_t change = candidate - baseline;
            ++n;
            b += baseline;
            c += candidate;
            bb += static_cast<Int128>(baseline) * baseline;
            cc += static_cast<Int128>(candidate) * candidate;
            dd += static_cast<Int128>(change) * change;
            db += static_cast<Int128>(change) * baseline;
        }
        [[nodiscard]] double covariance(Int128 products, Int128 left, Int128 right) const;
        [[nodiscard]] double contrast_variance(double factor) const;
    };

    ClassSums m_positives;
    ClassSums m_negatives;
};

/// The sums for two models' scores of the same examples; for `placements` of both at a time there
/// need not be memory: 4 bytes a row and what `visit_by_value` takes. Scores as there.
PlacementSums paired_placements(std::span<const double> baseline, std::span<const double> candidate,
                                std::span<const std::uint8_t> positive);

/// The same with one model on both sides, without any number a row.
PlacementSums own_placements(std::span<const double> scores,
                             std::span<const std::uint8_t> positive);

/// The estimate from placements that are there already.
AucEstimate paired_delong(std::span<const std::uint32_t> baseline_placements,
                          std::span<const std::uint32_t> candidate_placements,
                          std::span<const std::uint8_t> positive, double factor = 1.0);

}  // namespace metricgate::stats
