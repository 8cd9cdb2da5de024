#pragma once

#include <string>
#include <utility>
#include <vector>

namespace metricgate::report {

/// Prints the numbers of one row with the same number of decimals, so that they can be compared by
/// eye.
class Digits {
public:
    /// Enough decimals for `spread` (half of an interval, or a change) to show two figures of it,
    /// and more until every pair of `compared` stands in the same order as printed as it does in
    /// full: a decision must be visible in the digits. `trim` removes trailing zeros.
    Digits(double spread, bool trim, const std::vector<std::pair<double, double>>& compared);

    [[nodiscard]] std::string print(double value) const;

private:
    [[nodiscard]] bool keeps_order(const std::pair<double, double>& pair) const;

    int m_decimals = 0;
    bool m_trim = false;
};

}  // namespace metricgate::report
