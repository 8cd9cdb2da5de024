#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "comparison/comparison.h"
#include "evidence/examples.h"
#include "stats/delong.h"

namespace metricgate::comparison {

/// One side's scores as DeLong's method reads them: the column itself, or a copy of listed rows.
class SideScores {
public:
    SideScores(const evidence::Examples& examples, evidence::Side side, const evidence::Rows& rows);

    [[nodiscard]] std::span<const double> values() const noexcept {
        return m_listed.empty() ? m_column : std::span<const double>(m_listed);
    }
    [[nodiscard]] bool finite() const noexcept { return m_finite; }
    /// All scores are equal.
    [[nodiscard]] bool constant() const noexcept { return m_constant; }

private:
    std::span<const double> m_column;
    std::vector<double> m_listed;
    bool m_finite = true;
    bool m_constant = true;
};

/// 1 where the label is the positive class, else 0.
std::vector<std::uint8_t> positives_of(const evidence::Examples& examples,
                                       const evidence::Rows& rows);

/// Half a wrongly ranked example of the rarer class: below it the area is too near 1 (or 0) for its
/// variance to be known, and at 30 positives and areas of 0.99 a loss of the margin passed in 8 %
/// of simulated runs.
inline constexpr double half_misranked = 0.5;

/// Asks for more examples of the rarer class where an area is so near 1 or 0 that fewer than
/// `least` examples of that class are ranked wrongly: its variance is then unknown. A shown loss
/// stands. `side` ends the sentence ("" or " in the candidate").
void require_misranked(const stats::AucEstimate& areas, double least, const std::string& side,
                       Comparison& out);

/// An upper bound of an area's standard error where the observed one is no guide: A (1 - A) over
/// the size of the rarer class bounds the variance for every pair of score distributions (Birnbaum
/// and Klose, Annals of Mathematical Statistics 28, 1957), here at the area with half a misranked
/// pair added.
double largest_standard_error(double area, std::uint64_t fewer);

/// That area.
double shrunken_area(double area, std::uint64_t fewer);

}  // namespace metricgate::comparison
