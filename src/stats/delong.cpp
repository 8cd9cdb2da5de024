#include "stats/delong.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "stats/ordering.h"

namespace metricgate::stats {

namespace {

/// take(row, placement) for all rows, by ascending score.
template <class Take>
void visit_placements(std::span<const double> scores, std::span<const std::uint8_t> positive,
                      const Take& take) {
    assert(scores.size() == positive.size());
    assert(scores.size() < (std::size_t{1} << 31));
    std::uint32_t positives = 0;
    for (const std::uint8_t label : positive) {
        positives += label != 0 ? 1U : 0U;
    }
    std::uint32_t positives_below = 0;
    std::uint32_t negatives_below = 0;
    visit_by_value(scores, ByValue::ascending, [&](std::span<const std::uint32_t> tied) {
        std::uint32_t tied_positives = 0;
        for (const std::uint32_t row : tied) {
            tied_positives += positive[row] != 0 ? 1U : 0U;
        }
        const std::uint32_t tied_negatives =
            static_cast<std::uint32_t>(tied.size()) - tied_positives;
        const std::uint32_t positives_above = positives - positives_below - tied_positives;
        const std::uint32_t of_positive = 2 * negatives_below + tied_negatives;
        const std::uint32_t of_negative = 2 * positives_above + tied_positives;
        for (const std::uint32_t row : tied) {
            take(row, positive[row] != 0 ? of_positive : of_negative);
        }
        positives_below += tied_positives;
        negatives_below += tied_negatives;
    });
}

}  // namespace

// Sample covariance from integers: nothing cancels before the one rounding.
double PlacementSums::ClassSums::covariance(Int128 products, Int128 left, Int128 right) const {
    const auto size = static_cast<double>(n);
    const Int128 centred = static_cast<Int128>(n) * products - left * right;
    return static_cast<double>(centred) / (size * (size - 1.0));
}

// Of c - factor b = d + (1 - factor) b, which is exact for the plain difference.
double PlacementSums::ClassSums::contrast_variance(double factor) const {
    const double rest = 1.0 - factor;
    const double variance = covariance(dd, c - b, c - b) + 2.0 * rest * covariance(db, c - b, b) +
                            rest * rest * covariance(bb, b, b);
    return std::max(0.0, variance);
}

AucEstimate PlacementSums::estimate(double factor) const {
    assert(std::isfinite(factor));
    const ClassSums& positives = m_positives;
    const ClassSums& negatives = m_negatives;
    constexpr double unknown = std::numeric_limits<double>::infinity();
    AucEstimate estimate;
    estimate.positives = positives.n;
    estimate.negatives = negatives.n;
    estimate.standard_error = unknown;
    estimate.baseline_standard_error = unknown;
    estimate.candidate_standard_error = unknown;
    if (positives.n == 0 || negatives.n == 0) {
        return estimate;
    }
    const auto n1 = static_cast<double>(positives.n);
    const auto n0 = static_cast<double>(negatives.n);
    // A placement is twice a count of the other class, hence these halves and shares.
    const double pairs = 2.0 * n1 * n0;
    estimate.baseline = static_cast<double>(positives.b) / pairs;
    estimate.candidate = static_cast<double>(positives.c) / pairs;
    estimate.difference = static_cast<double>(positives.c - positives.b) / pairs;
    if (factor != 1.0) {
        estimate.difference += (1.0 - factor) * estimate.baseline;
    }
    if (positives.n < 2 || negatives.n < 2) {
        return estimate;
    }
    const auto standard_error = [&](double of_positives, double of_negatives) {
        return std::sqrt(of_positives / (4.0 * n0 * n0 * n1) + of_negatives / (4.0 * n1 * n1 * n0));
    };
    const auto of_baseline = [](const ClassSums& sums) {
        return sums.covariance(sums.bb, sums.b, sums.b);
    };
    const auto of_candidate = [](const ClassSums& sums) {
        return sums.covariance(sums.cc, sums.c, sums.c);
    };
    estimate.standard_error =
        standard_error(positives.contrast_variance(factor), negatives.contrast_variance(factor));
    estimate.baseline_standard_error =
        standard_error(of_baseline(positives), of_baseline(negatives));
    estimate.candidate_standard_error =
        standard_error(of_candidate(positives), of_candidate(negatives));
    return estimate;
}

std::vector<std::uint32_t> placements(std::span<const double> scores,
                                      std::span<const std::uint8_t> positive) {
    std::vector<std::uint32_t> result(scores.size());
    visit_placements(scores, positive,
                     [&](std::uint32_t row, std::uint32_t placement) { result[row] = placement; });
    return result;
}

PlacementSums paired_placements(std::span<const double> baseline, std::span<const double> candidate,
                                std::span<const std::uint8_t> positive) {
    assert(baseline.size() == candidate.size());
    const std::vector<std::uint32_t> of_baseline = placements(baseline, positive);
    PlacementSums sums;
    visit_placements(candidate, positive, [&](std::uint32_t row, std::uint32_t placement) {
        sums.add(positive[row] != 0, of_baseline[row], placement);
    });
    return sums;
}

PlacementSums own_placements(std::span<const double> scores,
                             std::span<const std::uint8_t> positive) {
    PlacementSums sums;
    visit_placements(scores, positive, [&](std::uint32_t row, std::uint32_t placement) {
        sums.add(positive[row] != 0, placement, placement);
    });
    return sums;
}

AucEstimate paired_delong(std::span<const std::uint32_t> baseline_placements,
                          std::span<const std::uint32_t> candidate_placements,
                          std::span<const std::uint8_t> positive, double factor) {
    assert(baseline_placements.size() == positive.size());
    assert(candidate_placements.size() == positive.size());
    PlacementSums sums;
    for (std::size_t row = 0; row < positive.size(); ++row) {
        sums.add(positive[row] != 0, baseline_placements[row], candidate_placements[row]);
    }
    return sums.estimate(factor);
}

}  // namespace metricgate::stats
