#include "sources/prometheus_address.h"

#include <algorithm>
#include <array>
#include <utility>

#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

/// Seconds of `1h30m`, `15s`, `500ms`; 0 when the text is no duration.
double seconds_of(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, double>, 7> units = {{{"ms", 0.001},
                                                                                  {"s", 1},
                                                                                  {"m", 60},
                                                                                  {"h", 3600},
                                                                                  {"d", 86400},
                                                                                  {"w", 604800},
                                                                                  {"y", 31536000}}};
    double seconds = 0;
    while (!text.empty()) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        const auto number = support::parse_number(text.substr(0, digits));
        text.remove_prefix(digits);
        const std::size_t letters = std::min(text.find_first_of("0123456789"), text.size());
        const auto* unit = std::find_if(units.begin(), units.end(), [&](const auto& known) {
            return known.first == text.substr(0, letters);
        });
        if (number.kind != support::NumberKind::finite || unit == units.end()) {
            return 0;
        }
        seconds += number.value * unit->second;
        text.remove_prefix(letters);
    }
    return seconds;
}

support::Diagnostic bad(std::string_view address, const std::string& what) {
    return support::problem_in("prometheus:" + std::string(address),
                               what +
                                   "; wanted prometheus:QUERY, or "
                                   "prometheus:[range=1h,step=1m,at=TIME]QUERY");
}

bool set_option(std::string_view name, std::string_view value, PrometheusAddress& parsed) {
    if (name == "range") {
        parsed.range_seconds = seconds_of(value);
        return parsed.range_seconds > 0;
    }
    if (name == "step") {
        parsed.step_seconds = seconds_of(value);
        return parsed.step_seconds > 0;
    }
    parsed.at = value;
    return name == "at" && !value.empty();
}

}  // namespace

support::Result<PrometheusAddress> parse_prometheus_address(std::string_view address) {
    if (address.starts_with("prometheus:")) {
        address.remove_prefix(std::string_view("prometheus:").size());
    }
    PrometheusAddress parsed;
    std::string_view rest = address;
    if (rest.starts_with('[')) {
        const std::size_t end = rest.find(']');
        std::string_view options = rest.substr(1, end == std::string_view::npos ? end : end - 1);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        while (!options.empty()) {
            const std::string_view option = options.substr(0, options.find(','));
            options.remove_prefix(std::min(option.size() + 1, options.size()));
            const std::size_t equals = std::min(option.find('='), option.size());
            const std::string_view value = option.substr(std::min(equals + 1, option.size()));
            if (!set_option(option.substr(0, equals), value, parsed)) {
                return bad(address, "cannot read '" + support::visible(option) + "'");
            }
        }
        if ((parsed.range_seconds > 0) != (parsed.step_seconds > 0)) {
            return bad(address, "has one of range and step, which go together");
        }
        if (parsed.range_seconds > 0 && parsed.range_seconds / parsed.step_seconds > 11000) {
            return bad(address, "asks for more than 11,000 steps, the most that a server gives");
        }
    }
    parsed.query = rest;
    if (rest.find_first_not_of(" \t\n") == std::string_view::npos) {
        return bad(address, "holds no query");
    }
    return parsed;
}

}  // namespace metricgate::sources
