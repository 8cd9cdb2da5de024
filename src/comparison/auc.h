#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "evidence/examples.h"

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

}  // namespace metricgate::comparison
