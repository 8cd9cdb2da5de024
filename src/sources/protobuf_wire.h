#pragma once

#include <cstdint>
#include <string_view>

namespace metricgate::sources {

/// One field of a message in protobuf's wire format.
struct WireField {
    enum class Kind { varint, fixed64, bytes, fixed32 };
    std::uint32_t number = 0;
    Kind kind = Kind::varint;
    std::uint64_t value = 0;  ///< of varint, fixed64 and fixed32
    std::string_view bytes;   ///< of bytes: text, a message, packed numbers
};

/// The fields of a message one by one; messages inside are read by a reader of their own. Groups,
/// which proto3 does not have, are malformed.
class WireReader {
public:
    explicit WireReader(std::string_view message) : m_rest(message) {}

    /// False at the end, and where the message is malformed.
    bool next(WireField& field);
    [[nodiscard]] bool malformed() const noexcept { return m_malformed; }

private:
    bool varint(std::uint64_t& value);
    bool fixed(std::size_t size, std::uint64_t& value);

    std::string_view m_rest;
    bool m_malformed = false;
};

}  // namespace metricgate::sources
