#include "stats/delong.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "stats/ordering.h"
#include "stats/wide.h"

namespace metricgate::stats {

namespace {

// Sums over one class of placements b and c (of baseline and candidate) and d = c - b. Placements
// are below 2^32 and rows below 2^31, so that even n times a sum of squares fits 126 bits.
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

    // Sample covariance from integers: nothing cancels before the one rounding.
    [[nodiscard]] double covariance(Int128 products, Int128 left, Int128 right) const {
        const auto size = static_cast<double>(n);
        const Int128 centred = static_cast<Int128>(n) * products - left * right;
        return static_cast<double>(centred) / (size * (size - 1.0));
    }
    [[nodiscard]] double candidate_variance() const { return covariance(cc, c, c); }
    // Of c - factor b = d + (1 - factor) b, which is exact for the plain difference.
    [[nodiscard]] double contrast_variance(double factor) const {
        const double rest = 1.0 - factor;
        const double variance = covariance(dd, c - b, c - b) +
                                2.0 * rest * covariance(db, c - b, b) +
                                rest * rest * covariance(bb, b, b);
        return std::max(0.0, variance);
    }
};

}  // namespace

std::vector<std::uint32_t> placements(std::span<const double> scores,
                                      std::span<const std::uint8_t> positive) {
    assert(scores.size() == positive.size());
    assert(scores.size() < (std::size_t{1} << 31));
    std::vector<std::uint32_t> order;
    std::vector<std::uint32_t> result;
    order_ascending(scores, order, result);
    std::uint32_t positives = 0;
    for (const std::uint8_t label : positive) {
        positives += label != 0 ? 1U : 0U;
    }
    std::uint32_t positives_below = 0;
    std::uint32_t negatives_below = 0;
    for (std::size_t start = 0; start < order.size();) {
        const double score = scores[order[start]];
        std::size_t end = start;
        std::uint32_t tied_positives = 0;
        do {
            tied_positives += positive[order[end]] != 0 ? 1U : 0U;
            ++end;
        } while (end < order.size() && scores[order[end]] == score);
        const std::uint32_t tied_negatives =
            static_cast<std::uint32_t>(end - start) - tied_positives;
        const std::uint32_t positives_above = positives - positives_below - tied_positives;
        const std::uint32_t of_positive = 2 * negatives_below + tied_negatives;
        const std::uint32_t of_negative = 2 * positives_above + tied_positives;
        for (; start < end; ++start) {
            const std::uint32_t row = order[start];
            result[row] = positive[row] != 0 ? of_positive : of_negative;
        }
        positives_below += tied_positives;
        negatives_below += tied_negatives;
    }
    return result;
}

AucEstimate paired_delong(std::span<const std::uint32_t> baseline_placements,
                          std::span<const std::uint32_t> candidate_placements,
                          std::span<const std::uint8_t> positive, double factor) {
    assert(baseline_placements.size() == positive.size());
    assert(candidate_placements.size() == positive.size());
    assert(std::isfinite(factor));
    ClassSums positives;
    ClassSums negatives;
    for (std::size_t row = 0; row < positive.size(); ++row) {
        ClassSums& sums = positive[row] != 0 ? positives : negatives;
        sums.add(baseline_placements[row], candidate_placements[row]);
    }
    AucEstimate estimate;
    estimate.positives = positives.n;
    estimate.negatives = negatives.n;
    estimate.standard_error = std::numeric_limits<double>::infinity();
    estimate.candidate_standard_error = std::numeric_limits<double>::infinity();
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
    estimate.standard_error =
        standard_error(positives.contrast_variance(factor), negatives.contrast_variance(factor));
    estimate.candidate_standard_error =
        standard_error(positives.candidate_variance(), negatives.candidate_variance());
    return estimate;
}

}  // namespace metricgate::stats
