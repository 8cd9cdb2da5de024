#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/result.h"

namespace metricgate::sources {

struct TextMessage;

/// A field as a .proto file declares it: what its name in the text format stands for.
struct TextField {
    enum class Type { message, text, real64, real32, integer, choice };
    std::string_view name;
    std::uint32_t number = 0;
    Type type = Type::integer;
    const TextMessage* message = nullptr;                                  ///< of a message
    std::vector<std::pair<std::string_view, std::uint64_t>> choices = {};  ///< of an enum
};

struct TextMessage {
    std::vector<TextField> fields;
};

/// A message in protobuf's text format, as the wire format writes it. Fields that `schema` does not
/// know are problems at their line; messages inside are as deep as the schema, which must not
/// contain itself.
support::Result<std::string> wire_of_text(std::string_view text, const TextMessage& schema,
                                          const std::string& source);

}  // namespace metricgate::sources
