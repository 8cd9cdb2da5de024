#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "support/node.h"

namespace metricgate::sources {

/// The member `key` of a map when it is one of that kind; null when there is no map, no member or
/// another kind.
const support::Node* member_of(const support::Node* map, std::string_view key,
                               support::Node::Kind kind);

/// The text of a number, a boolean or a text; empty for anything else and for null pointers.
std::string plain_text(const support::Node* node);

/// A whole number from 0 to 2^53.
std::optional<std::uint64_t> whole_number(const support::Node* node);

}  // namespace metricgate::sources
