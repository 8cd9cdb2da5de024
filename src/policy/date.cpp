// Dates as ISO 8601 writes them; the standard library of our compilers has no parser for them.

#include <algorithm>
#include <chrono>

#include "policy/policy.h"

namespace metricgate::policy {
namespace {

std::chrono::sys_days to_days(const Date& date) {
    return std::chrono::year_month_day{std::chrono::year(date.year),
                                       std::chrono::month(static_cast<unsigned>(date.month)),
                                       std::chrono::day(static_cast<unsigned>(date.day))};
}

std::string padded(int number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    constexpr std::string_view shape = "dddd-dd-dd";
    const auto fits = [](char byte, char wanted) {
        return wanted == 'd' ? byte >= '0' && byte <= '9' : byte == wanted;
    };
    if (!std::equal(text.begin(), text.end(), shape.begin(), shape.end(), fits)) {
        return std::nullopt;
    }
    const auto number = [&](std::size_t start, std::size_t length) {
        int value = 0;
        for (const char digit : text.substr(start, length)) {
            value = value * 10 + (digit - '0');
        }
        return value;
    };
    const Date date{number(0, 4), number(5, 2), number(8, 2)};
    const std::chrono::year_month_day day{std::chrono::year(date.year),
                                          std::chrono::month(static_cast<unsigned>(date.month)),
                                          std::chrono::day(static_cast<unsigned>(date.day))};
    return day.ok() ? std::optional<Date>(date) : std::nullopt;
}

std::string to_text(const Date& date) {
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

int days_between(const Date& from, const Date& to) {
    return static_cast<int>((to_days(to) - to_days(from)).count());
}

Date later(const Date& from, int days) {
    const std::chrono::year_month_day day{to_days(from) + std::chrono::days(days)};
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

}  // namespace metricgate::policy
