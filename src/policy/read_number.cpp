// Numbers of a policy, and the sentences that refuse what only looks like one.

#include <algorithm>
#include <cmath>

#include "policy/settings_reader.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Node;
using support::NumberKind;

constexpr double largest_count = 9007199254740992.0;  // 2^53: every integer up to it is a double
constexpr double below_one = 0x1.fffffffffffffp-1;    // `rel: 1` is more often 1% than 100%

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/// How to write the number that `text` may have been meant to be; empty when it looks like none.
std::string how_to_write(std::string_view text) {
    if (support::parse_number(text).kind == NumberKind::finite) {
        return "quoted number '" + support::visible(text, 40) + "': write it without quotes";
    }
    std::string_view digits = text;
    if (digits.starts_with('-') || digits.starts_with('+')) {
        digits.remove_prefix(1);
    }
    const bool numeric = !digits.empty() && (is_digit(digits[0]) || digits[0] == '.');
    if (!numeric) {
        return {};
    }
    if (text.ends_with('%')) {
        return "% is understood only under rel";
    }
    if (text.starts_with('+')) {
        return "write it without +";
    }
    if (digits.starts_with("0x") || digits.starts_with("0o") || digits.starts_with("0b")) {
        return "write it as a decimal number";
    }
    if (text.find('_') != std::string_view::npos) {
        return "write the digits without _";
    }
    if (text.find(',') != std::string_view::npos) {
        return "write it with a decimal point and without thousands separators";
    }
    if (text.find(':') != std::string_view::npos) {
        return "write it as one decimal number";
    }
    if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
        return "write it without leading zeros";
    }
    if (digits.starts_with('.') || digits.find_first_not_of("0123456789.eE+-") == digits.npos) {
        return "write it like 0.05 or 5e-2";
    }
    return "write the number alone, without a unit";
}

std::string hint_for(const Node& node) {
    if (node.kind == Node::Kind::text) {
        return how_to_write(node.text);
    }
    if (node.kind != Node::Kind::number) {
        return {};
    }
    return node.number.kind == NumberKind::out_of_range
               ? "it is too large, too small or too long to be held exactly"
               : "only finite numbers can be compared";
}

bool is_finite(const Node& node) {
    return node.kind == Node::Kind::number && node.number.kind == NumberKind::finite &&
           std::isfinite(node.number.value);
}

/// `5%` as 0.05, by moving the decimal point in the text: 0.1 / 100 is not the double nearest to
/// 0.001.
support::ParsedNumber parse_percent(std::string_view text) {
    const std::string_view digits = text.substr(0, text.size() - 1);
    const bool plain = digits.find_first_of("eE") == std::string_view::npos;
    // The digits alone first: `nan%` and `%` must not become something else by the suffix.
    const auto number = support::parse_number(digits);
    return plain && number.kind == NumberKind::finite
               ? support::parse_number(std::string(digits) + "e-2")
               : support::ParsedNumber{};
}

}  // namespace

std::optional<double> read_number(const Node& node, std::string_view name, const NumberRange& range,
                                  support::Diagnostics& problems) {
    if (!is_finite(node)) {
        problems.push_back(refuse(node, name, range.wanted, hint_for(node)));
        return std::nullopt;
    }
    const double value = node.number.value;
    const bool inside = value >= range.lowest && value <= range.highest &&
                        !(range.without_lowest && value == range.lowest);
    if (!inside) {
        problems.push_back(refuse(node, name, range.wanted, range.hint));
        return std::nullopt;
    }
    return value;
}

std::optional<double> read_relative(const Node& node, std::string_view name,
                                    support::Diagnostics& problems) {
    constexpr std::string_view wanted = "a share of the baseline like 5% or 0.05";
    if (node.kind == Node::Kind::text && node.text.ends_with('%')) {
        const auto share = parse_percent(node.text);
        const bool good = share.kind == NumberKind::finite && share.value >= 0.0;
        if (!good) {
            problems.push_back(
                refuse(node, name, wanted, "write digits, then %, without a sign or a blank"));
            return std::nullopt;
        }
        return share.value;
    }
    return read_number(
        node, name,
        {.lowest = 0.0,
         .highest = below_one,
         .wanted = wanted,
         .hint = "a plain number is a share, at least 0 and below 1; write percents with %"},
        problems);
}

std::optional<std::uint64_t> read_count(const Node& node, std::string_view name,
                                        support::Diagnostics& problems) {
    constexpr std::string_view wanted = "an integer from 0 to 9007199254740992";
    const auto value = read_number(
        node, name, {.lowest = 0.0, .highest = largest_count, .wanted = wanted}, problems);
    if (!value) {
        return std::nullopt;
    }
    if (*value != std::floor(*value)) {
        problems.push_back(refuse(node, name, wanted));
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(*value);
}

}  // namespace metricgate::policy
