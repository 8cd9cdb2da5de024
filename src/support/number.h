#pragma once

#include <string>
#include <string_view>

namespace metricgate::support {

/// What a piece of text is when it is read as a number.
enum class NumberKind {
    finite,
    not_a_number,       ///< a NaN token
    positive_infinity,  ///< an Infinity token
    negative_infinity,
    malformed,     ///< not a number at all
    out_of_range,  ///< overflows a double, underflows to 0, or is an integer above 2^53 that a
                   ///< double cannot hold
};

struct ParsedNumber {
    NumberKind kind = NumberKind::malformed;
    double value = 0.0;  ///< meaningful only when `kind` is `finite`
};

/// The one number parser, for YAML, JSON, CSV and the command line. Whole string, no locale, no
/// blanks, no leading `+`, no leading zeros (`010`), no hex, no `1_000`, no trailing text. Accepts
/// `-?digits[.digits][(e|E)[+-]digits]`. The tokens nan, NaN, NAN, -nan, inf, Inf, INF, Infinity,
/// infinity with optional sign are recognised and given their own kinds, so that a caller can name
/// them.
ParsedNumber parse_number(std::string_view text) noexcept;

/// The shortest text that reads back as the same double; `null`-safe callers must check finiteness
/// first.
std::string format_exact(double value);

/// At most `significant` significant digits, fixed notation for magnitudes in [1e-4, 1e9), else
/// exponent form; trailing zeros removed; never `-0`.
std::string format_short(double value, int significant = 4);

/// Exactly `decimals` digits after the point; never `-0.00`.
std::string format_fixed(double value, int decimals);

}  // namespace metricgate::support
