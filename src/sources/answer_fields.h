#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "support/node.h"

namespace metricgate::sources {

/// A whole number, all of the text, that 64 bits hold.
std::optional<std::int64_t> integer_of(std::string_view text);

/// A whole number that stands as a number or as text, as both are found in answers.
std::optional<std::int64_t> integer_of(const support::Node* node);

/// The text of a member, or empty.
std::string field_text(const support::Node& map, std::string_view key);

/// A value that stands as a number or as text ("NaN", "1.5").
support::ParsedNumber field_value(const support::Node* node);

}  // namespace metricgate::sources
