#include "sources/binary32.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace metricgate::sources {

double shortest_decimal(float value) noexcept {
    if (!std::isfinite(value)) {
        return std::isnan(value) ? std::nan("") : static_cast<double>(value);
    }
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    // Not by std::from_chars, which libc++ has for whole numbers only.
    return support::parse_number({text.data(), written.ptr}).value;
}

double of_binary16(std::uint16_t bits) noexcept {
    const int exponent = (bits >> 10) & 0x1f;
    const int fraction = bits & 0x3ff;
    double magnitude = 0.0;
    if (exponent == 0x1f) {
        magnitude = fraction == 0 ? std::numeric_limits<double>::infinity() : std::nan("");
    } else if (exponent == 0) {
        magnitude = std::ldexp(fraction, -24);
    } else {
        magnitude = std::ldexp(fraction + 0x400, exponent - 25);
    }
    return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

support::ParsedNumber number_of(double value) noexcept {
    using support::NumberKind;
    if (std::isnan(value)) {
        return {NumberKind::not_a_number, 0.0};
    }
    if (std::isinf(value)) {
        return {value > 0.0 ? NumberKind::positive_infinity : NumberKind::negative_infinity, 0.0};
    }
    return {NumberKind::finite, value};
}

support::ParsedNumber number_of(float value) noexcept {
    return number_of(shortest_decimal(value));
}

}  // namespace metricgate::sources
