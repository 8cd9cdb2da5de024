#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace metricgate::support {

/// The offset of the first byte that is not valid UTF-8 (overlong forms and surrogates are
/// invalid), or npos.
std::size_t find_invalid_utf8(std::string_view bytes) noexcept;

/// `text` with C0, C1, DEL, bidi controls, zero-width characters and invalid UTF-8 written as \xNN
/// or \u{NNNN}, so that it can stand on a terminal; cut after `limit` bytes at a character's end
/// with "..." (0: never).
std::string visible(std::string_view text, std::size_t limit = 120);

/// What tells a name that is not there from one that looks like it (an accent may be a letter's or
/// a character of its own): " (in bytes: caf\xc3\xa9.json)"; nothing for plain ASCII.
std::string bytes_of_name(std::string_view name);

/// The candidate nearest to `name` by Damerau-Levenshtein distance (optimal string alignment), if
/// it is near enough to be a slip: at most 1 + length/4 edits, letter case free. Empty when none
/// is. Ties: first in the given order.
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

/// " (did you mean 'x'?)" or nothing.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

/// Shell-style match of a whole name: `*` any run, `?` any one character, all else literal.
bool matches_glob(std::string_view pattern, std::string_view name) noexcept;

/// "a, b and c"; for messages.
std::string enumerate(std::span<const std::string> names, std::string_view conjunction = "and");

/// 1 -> "1 example", 5 -> "5 examples"; thousands separated by commas: "1,200 examples".
std::string count_of(std::size_t count, std::string_view singular, std::string_view plural);

}  // namespace metricgate::support
