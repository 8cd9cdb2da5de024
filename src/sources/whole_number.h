#pragma once

#include <cstdint>
#include <optional>

#include "support/node.h"

namespace metricgate::sources {

/// A whole number that a double holds exactly: a step, an epoch, a time stamp.
inline std::optional<std::int64_t> whole_number(const support::Node* node) {
    const bool fits = node != nullptr && node->kind == support::Node::Kind::number &&
                      node->number.kind == support::NumberKind::finite &&
                      node->number.value >= -9007199254740992.0 &&  // 2^53
                      node->number.value <= 9007199254740992.0;
    if (!fits) {
        return std::nullopt;
    }
    const auto whole = static_cast<std::int64_t>(node->number.value);
    return static_cast<double>(whole) == node->number.value ? std::optional(whole) : std::nullopt;
}

/// The same for counts: at least 0.
inline std::optional<std::uint64_t> count_in(const support::Node* node) {
    const auto whole = whole_number(node);
    return whole && *whole >= 0 ? std::optional(static_cast<std::uint64_t>(*whole)) : std::nullopt;
}

}  // namespace metricgate::sources
