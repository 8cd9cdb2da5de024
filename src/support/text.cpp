#include "support/text.h"

#include <algorithm>

#include "support/utf8.h"

namespace metricgate::support {

namespace {

/// Where the character at `at` ends; a stray byte counts as one.
std::size_t after_character(std::string_view text, std::size_t at) {
    return at + std::max<std::size_t>(1, first_character(text.substr(at)).length);
}

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view name) noexcept {
    // On a mismatch the last `*` takes one more character; earlier ones never need to be revisited.
    std::size_t in_pattern = 0;
    std::size_t in_name = 0;
    std::size_t after_star = std::string_view::npos;
    std::size_t star_end = 0;
    while (in_name < name.size()) {
        const char wanted = in_pattern < pattern.size() ? pattern[in_pattern] : '\0';
        if (wanted == '*' && in_pattern < pattern.size()) {
            after_star = ++in_pattern;
            star_end = in_name;
        } else if (in_pattern < pattern.size() && wanted == '?') {
            ++in_pattern;
            in_name = after_character(name, in_name);
        } else if (in_pattern < pattern.size() && wanted == name[in_name]) {
            ++in_pattern;
            ++in_name;
        } else if (after_star != std::string_view::npos) {
            star_end = after_character(name, star_end);
            in_name = star_end;
            in_pattern = after_star;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

std::string enumerate(std::span<const std::string> names, std::string_view conjunction) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i != 0 && i + 1 == names.size()) {
            text.append(" ").append(conjunction).append(" ");
        } else if (i != 0) {
            text += ", ";
        }
        text += names[i];
    }
    return text;
}

std::string count_of(std::size_t count, std::string_view singular, std::string_view plural) {
    std::string digits = std::to_string(count);
    for (std::size_t from_end = 3; from_end < digits.size(); from_end += 4) {
        digits.insert(digits.size() - from_end, ",");
    }
    return digits.append(" ").append(count == 1 ? singular : plural);
}

}  // namespace metricgate::support
