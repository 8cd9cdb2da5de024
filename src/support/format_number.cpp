#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "support/number.h"

namespace metricgate::support {

namespace {

/// A finite number as significant digits d1 d2 d3... and the power of ten of d1.
struct Decimal {
    bool negative = false;
    std::string digits;  ///< without trailing zeros; "0" for zero
    int exponent = 0;
};

/// Takes apart what fmt writes as d.ddde+xx.
Decimal decimal_of(std::string_view scientific) {
    Decimal decimal;
    decimal.negative = scientific.starts_with('-');
    const std::size_t mark = scientific.find('e');
    for (const char byte : scientific.substr(0, mark)) {
        if (byte >= '0' && byte <= '9') {
            decimal.digits += byte;
        }
    }
    std::string_view power = scientific.substr(mark + 1);
    if (power.starts_with('+')) {
        power.remove_prefix(1);
    }
    std::from_chars(power.data(), power.data() + power.size(), decimal.exponent);
    decimal.digits.erase(std::max<std::size_t>(1, decimal.digits.find_last_not_of('0') + 1));
    if (decimal.digits == "0") {
        decimal.negative = false;
        decimal.exponent = 0;
    }
    return decimal;
}

std::string with_exponent(const Decimal& decimal) {
    std::string text = decimal.negative ? "-" : "";
    text += decimal.digits.front();
    if (decimal.digits.size() > 1) {
        text += "." + decimal.digits.substr(1);
    }
    return text + "e" + std::to_string(decimal.exponent);
}

std::string without_exponent(const Decimal& decimal) {
    const std::string sign = decimal.negative ? "-" : "";
    if (decimal.exponent < 0) {
        const auto zeros = static_cast<std::size_t>(-decimal.exponent - 1);
        return sign + "0." + std::string(zeros, '0') + decimal.digits;
    }
    const auto whole = static_cast<std::size_t>(decimal.exponent) + 1;
    if (decimal.digits.size() <= whole) {
        return sign + decimal.digits + std::string(whole - decimal.digits.size(), '0');
    }
    return sign + decimal.digits.substr(0, whole) + "." + decimal.digits.substr(whole);
}

}  // namespace

std::string format_exact(double value) {
    if (!std::isfinite(value)) {
        return fmt::format("{}", value);
    }
    // fmt's {:e} has six digits; its {} has the shortest digits, but chooses the notation itself.
    const std::string shortest = fmt::format("{}", value);
    if (shortest.find('e') != std::string::npos) {
        const Decimal decimal = decimal_of(shortest);
        return decimal.exponent == -5 ? without_exponent(decimal) : with_exponent(decimal);
    }
    constexpr double largest_exact_integer = 9007199254740992.0;  // 2^53
    if (std::abs(value) > largest_exact_integer) {
        // `parse_number` refuses larger integers, so they are not written as such.
        const auto digits = shortest.size() - (value < 0 ? 1 : 0);
        std::string scientific = shortest.substr(0, shortest.size() - digits + 1) + "." +
                                 shortest.substr(shortest.size() - digits + 1);
        return with_exponent(decimal_of(scientific + "e" + std::to_string(digits - 1)));
    }
    return shortest == "-0" ? "0" : shortest;
}

std::string format_short(double value, int significant) {
    if (!std::isfinite(value)) {
        return fmt::format("{}", value);
    }
    const Decimal decimal = decimal_of(fmt::format("{:.{}e}", value, std::max(significant, 1) - 1));
    const bool fixed = decimal.exponent >= -4 && decimal.exponent < 9;
    return fixed ? without_exponent(decimal) : with_exponent(decimal);
}

std::string format_fixed(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, std::max(decimals, 0));
    const bool zero = std::isfinite(value) && text.find_first_of("123456789") == std::string::npos;
    if (zero && text.starts_with('-')) {
        text.erase(0, 1);
    }
    return text;
}

}  // namespace metricgate::support
