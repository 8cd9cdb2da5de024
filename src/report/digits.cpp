#include "report/digits.h"

#include <algorithm>
#include <cmath>

#include "comparison/rounding.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

constexpr int most_decimals = 12;
/// Beyond these, exponents are easier to read than zeros.
constexpr int most_fixed_decimals = 8;
constexpr double largest_fixed = 1e9;

int power_of_ten(double value) {
    return static_cast<int>(std::floor(std::log10(std::abs(value))));
}

/// -1, 0 or 1. Numbers within a few ulp are equal, as the verdict sees them.
int order(double a, double b) {
    const double scale = std::max(std::abs(a), std::abs(b));
    const double difference = comparison::rounded_excess(a - b, scale);
    return difference == 0.0 ? 0 : difference < 0.0 ? -1 : 1;
}

std::string without_trailing_zeros(std::string text) {
    if (text.find('.') != std::string::npos && text.find('e') == std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    return text;
}

}  // namespace

Digits::Digits(double spread, bool trim, const std::vector<std::pair<double, double>>& compared)
    : m_trim(trim) {
    if (std::isfinite(spread) && spread != 0.0) {
        m_decimals = std::clamp(1 - power_of_ten(spread), 0, most_decimals);
    } else {
        m_decimals = 4;
    }
    while (m_decimals < most_decimals &&
           !std::all_of(compared.begin(), compared.end(),
                        [this](const auto& pair) { return keeps_order(pair); })) {
        ++m_decimals;
    }
}

std::string Digits::print(double value) const {
    if (!std::isfinite(value)) {
        return "not a number";
    }
    if (m_decimals <= most_fixed_decimals && std::abs(value) < largest_fixed) {
        const std::string text = support::format_fixed(value, m_decimals);
        return m_trim ? without_trailing_zeros(text) : text;
    }
    if (value == 0.0) {
        return "0";
    }
    return support::format_short(value, std::clamp(m_decimals + power_of_ten(value) + 1, 2, 17));
}

bool Digits::keeps_order(const std::pair<double, double>& pair) const {
    const auto shown = [this](double value) { return support::parse_number(print(value)).value; };
    return order(pair.first, pair.second) == order(shown(pair.first), shown(pair.second));
}

}  // namespace metricgate::report
