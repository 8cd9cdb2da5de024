#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace metricgate::support {

/// The years 1 to 9999, which four digits name.
inline constexpr std::int64_t first_time = -62135596800;  // 0001-01-01T00:00:00Z
inline constexpr std::int64_t last_time = 253402300799;   // 9999-12-31T23:59:59Z

inline constexpr std::int64_t seconds_a_day = 86'400;

/// The day of a moment, since 1970 in UTC; both may lie before.
constexpr std::int64_t day_of(std::int64_t time) {
    return time / seconds_a_day - (time % seconds_a_day < 0 ? 1 : 0);
}

/// Reads a moment in UTC as RFC 3339 writes it: `2026-11-25T10:00:00Z`, also with an offset
/// (`+01:00`), with a blank for the T, with fractions of a second (cut off), and a day alone, which
/// is its first second. Seconds since 1970; nothing for anything else. Years 1 to 9999.
std::optional<std::int64_t> parse_time(std::string_view text);

/// `2026-11-25T10:00:00Z`; the number itself outside of the years 1 to 9999.
std::string format_time(std::int64_t seconds);

}  // namespace metricgate::support
