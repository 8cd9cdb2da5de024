#include "support/utc_time.h"

#include <chrono>

namespace metricgate::support {

namespace {

/// Takes parts of a text from left to right.
class Parts {
public:
    explicit Parts(std::string_view text) : m_rest(text) {}

    /// Exactly so many digits, as a number from `least` to `most`.
    std::optional<int> number(std::size_t digits, int least, int most) {
        if (m_rest.size() < digits) {
            return std::nullopt;
        }
        int value = 0;
        for (const char digit : m_rest.substr(0, digits)) {
            if (digit < '0' || digit > '9') {
                return std::nullopt;
            }
            value = value * 10 + (digit - '0');
        }
        m_rest.remove_prefix(digits);
        return value >= least && value <= most ? std::optional(value) : std::nullopt;
    }

    bool one_of(std::string_view marks) {
        if (m_rest.empty() || marks.find(m_rest.front()) == std::string_view::npos) {
            return false;
        }
        m_last = m_rest.front();
        m_rest.remove_prefix(1);
        return true;
    }

    /// A point and digits, or nothing.
    bool skip_fraction() {
        if (!one_of(".")) {
            return true;
        }
        std::size_t digits = 0;
        while (one_of("0123456789")) {
            ++digits;
        }
        return digits > 0;
    }

    [[nodiscard]] char last() const { return m_last; }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
    char m_last = '\0';
};

std::optional<std::int64_t> take_day(Parts& parts) {
    const auto year = parts.number(4, 1, 9999);
    if (!year || !parts.one_of("-")) {
        return std::nullopt;
    }
    const auto month = parts.number(2, 1, 12);
    if (!month || !parts.one_of("-")) {
        return std::nullopt;
    }
    const auto day = parts.number(2, 1, 31);
    if (!day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date).time_since_epoch().count() * seconds_a_day;
}

/// Seconds that the zone is ahead of UTC.
std::optional<std::int64_t> take_zone(Parts& parts) {
    if (parts.one_of("Zz")) {
        return 0;
    }
    if (!parts.one_of("+-")) {
        return std::nullopt;
    }
    const int sign = parts.last() == '-' ? -1 : 1;
    const auto hours = parts.number(2, 0, 23);
    if (!hours || !parts.one_of(":")) {
        return std::nullopt;
    }
    const auto minutes = parts.number(2, 0, 59);
    return minutes ? std::optional<std::int64_t>(sign * (*hours * 3600 + *minutes * 60))
                   : std::nullopt;
}

std::string padded(std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
}

}  // namespace

std::optional<std::int64_t> parse_time(std::string_view text) {
    Parts parts(text);
    const auto day = take_day(parts);
    if (!day || parts.at_end()) {
        return day;
    }
    if (!parts.one_of("Tt ")) {
        return std::nullopt;
    }
    const auto hours = parts.number(2, 0, 23);
    if (!hours || !parts.one_of(":")) {
        return std::nullopt;
    }
    const auto minutes = parts.number(2, 0, 59);
    if (!minutes || !parts.one_of(":")) {
        return std::nullopt;
    }
    const auto seconds = parts.number(2, 0, 60);  // a leap second counts as the one behind it
    if (!seconds || !parts.skip_fraction()) {
        return std::nullopt;
    }
    const auto zone = take_zone(parts);
    if (!zone || !parts.at_end()) {
        return std::nullopt;
    }
    return *day + *hours * 3600 + *minutes * 60 + *seconds - *zone;
}

std::string format_time(std::int64_t seconds) {
    if (seconds < first_time || seconds > last_time) {
        return std::to_string(seconds);
    }
    const std::int64_t of_day = (seconds % seconds_a_day + seconds_a_day) % seconds_a_day;
    const std::chrono::year_month_day date{
        std::chrono::sys_days(std::chrono::days((seconds - of_day) / seconds_a_day))};
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<unsigned>(date.month()), 2) + "-" +
           padded(static_cast<unsigned>(date.day()), 2) + "T" + padded(of_day / 3600, 2) + ":" +
           padded(of_day / 60 % 60, 2) + ":" + padded(of_day % 60, 2) + "Z";
}

}  // namespace metricgate::support
