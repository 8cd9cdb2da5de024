#include "support/number.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fast_float/fast_float.h>

namespace metricgate::support {

namespace {

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/// What the grammar says of a text, before any arithmetic.
struct Shape {
    bool valid = false;
    bool integer = false;  ///< neither point nor exponent
    bool zero = true;      ///< no digit of the significand differs from 0
};

/// Where the digits that start at `at` end; `zero` becomes false at a digit other than 0.
std::size_t end_of_digits(std::string_view text, std::size_t at, bool& zero) {
    for (; at < text.size() && is_digit(text[at]); ++at) {
        zero &= text[at] == '0';
    }
    return at;
}

Shape shape_of(std::string_view text) {
    Shape shape{.valid = true, .integer = true, .zero = true};
    const std::size_t start = text.starts_with('-') ? 1 : 0;
    std::size_t at = end_of_digits(text, start, shape.zero);
    const bool leading_zero = at - start > 1 && text[start] == '0';
    if (at == start || leading_zero) {
        return {};
    }
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = at + 1;
        at = end_of_digits(text, fraction, shape.zero);
        if (at == fraction) {
            return {};
        }
        shape.integer = false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
            ++at;
        }
        bool ignored = true;
        const std::size_t exponent = at;
        at = end_of_digits(text, exponent, ignored);
        if (at == exponent) {
            return {};
        }
        shape.integer = false;
    }
    shape.valid = at == text.size();
    return shape;
}

ParsedNumber parse_token(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    static constexpr std::array<std::string_view, 3> nans = {"nan", "NaN", "NAN"};
    static constexpr std::array<std::string_view, 5> infinities = {"inf", "Inf", "INF", "Infinity",
                                                                   "infinity"};
    if (std::find(nans.begin(), nans.end(), text) != nans.end()) {
        return {NumberKind::not_a_number, 0.0};
    }
    if (std::find(infinities.begin(), infinities.end(), text) != infinities.end()) {
        return {negative ? NumberKind::negative_infinity : NumberKind::positive_infinity, 0.0};
    }
    return {};
}

}  // namespace

ParsedNumber parse_number(std::string_view text) noexcept {
    const Shape shape = shape_of(text);
    if (!shape.valid) {
        return parse_token(text);
    }
    if (shape.zero) {
        return {NumberKind::finite,
                0.0};  // -0 too: one zero, so that equal numbers have equal bits
    }
    double value = 0.0;
    const auto read = fast_float::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    constexpr double largest_exact_integer = 9007199254740992.0;  // 2^53
    // 2^53 + 1 rounds to 2^53, so the bound itself has to be looked at as text.
    const bool exact = !shape.integer || std::abs(value) < largest_exact_integer ||
                       text == "9007199254740992" || text == "-9007199254740992";
    if (whole && std::isfinite(value) && value != 0.0 && exact) {
        return {NumberKind::finite, value};
    }
    return {NumberKind::out_of_range, 0.0};
}

}  // namespace metricgate::support
