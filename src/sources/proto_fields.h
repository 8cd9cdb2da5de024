#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/protobuf_wire.h"
#include "support/number.h"

namespace metricgate::sources {

/// The fields of a message by their number. A field that is not on the wire has proto3's default:
/// zero, no text, nothing inside.
class ProtoFields {
public:
    /// How a field that is read is written; written in another way, the message is malformed.
    using Kinds = std::initializer_list<std::pair<std::uint32_t, WireField::Kind>>;

    /// A message of more fields than this is malformed: each costs 40 bytes and need take but two.
    static constexpr std::size_t most_fields = 1'000'000;

    ProtoFields(std::string_view message, Kinds kinds);

    [[nodiscard]] bool malformed() const noexcept { return m_malformed; }
    [[nodiscard]] bool has(std::uint32_t number) const { return m_fields.count(number) != 0; }
    /// True where no field stands in the message but these.
    [[nodiscard]] bool only(std::initializer_list<std::uint32_t> numbers) const;

    [[nodiscard]] std::uint64_t integer(std::uint32_t number) const;
    /// A double, or a float as its shortest decimal.
    [[nodiscard]] support::ParsedNumber real(std::uint32_t number) const;
    [[nodiscard]] std::string_view text(std::uint32_t number) const;
    /// The message, or the text, of each time the field stands there.
    [[nodiscard]] std::vector<std::string_view> all(std::uint32_t number) const;

private:
    [[nodiscard]] const WireField* last(std::uint32_t number) const;

    std::map<std::uint32_t, std::vector<WireField>> m_fields;
    bool m_malformed = false;
};

}  // namespace metricgate::sources
