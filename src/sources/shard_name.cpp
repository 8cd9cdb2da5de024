#include "sources/shard_name.h"

namespace metricgate::sources {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::size_t most_digits = 9;

/// A number of at most nine digits; nothing where there are none, or more.
std::optional<std::size_t> number_in(std::string_view text) {
    if (text.empty() || text.size() > most_digits) {
        return std::nullopt;
    }
    std::size_t number = 0;
    for (const char digit : text) {
        number = number * 10 + static_cast<std::size_t>(digit - '0');
    }
    return number;
}

}  // namespace

std::optional<Shard> shard_of(std::string_view path) {
    constexpr std::string_view mark = "-of-";
    const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
    const std::size_t at = name.rfind(mark);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view before = name.substr(0, at);
    const std::size_t dash = before.find_last_not_of(digits);
    if (dash == std::string_view::npos || before[dash] != '-') {
        return std::nullopt;
    }
    const std::string_view behind = name.substr(at + mark.size());
    const auto index = number_in(before.substr(dash + 1));
    const auto count = number_in(behind.substr(0, behind.find_first_not_of(digits)));
    return index && count ? std::optional(Shard{*index, *count}) : std::nullopt;
}

}  // namespace metricgate::sources
