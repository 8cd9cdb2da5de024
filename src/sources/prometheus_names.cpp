// How Prometheus writes names, labels and values.

#include <algorithm>

#include "sources/prometheus_series.h"
#include "support/hash.h"

namespace metricgate::sources {

namespace {

bool is_classic_name(std::string_view name) {
    return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == ':';
           });
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '\n') {
            result += "\\n";
            continue;
        }
        result += c == '"' || c == '\\' ? "\\" : "";
        result += c;
    }
    return result + '"';
}

}  // namespace

std::string prometheus_name(const std::string& name, const PrometheusLabels& labels) {
    const bool classic = is_classic_name(name);
    std::string inside = classic || name.empty() ? "" : quoted(name);
    for (const auto& [key, value] : labels) {
        inside += (inside.empty() ? "" : ",") + (is_classic_name(key) ? key : quoted(key)) + "=" +
                  quoted(value);
    }
    if (inside.empty()) {
        return name.empty() ? "value" : name;
    }
    return (classic ? name : "") + "{" + inside + "}";
}

std::string prometheus_digest(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    const std::uint64_t hash = support::hash64(text);
    std::string digest;
    for (unsigned shift = 64; shift > 0; shift -= 4) {
        digest += digits[hash >> (shift - 4) & 15U];
    }
    return digest;
}

support::ParsedNumber prometheus_value(std::string_view text) {
    if (text.size() > 1 && text[0] == '+' && text[1] >= '0' && text[1] <= '9') {
        text.remove_prefix(1);
    }
    return support::parse_number(text);
}

}  // namespace metricgate::sources
