#include "sources/tfrecord.h"

#include <array>

#include "sources/little_endian.h"

namespace metricgate::sources {

namespace {

/// What each byte does to a remainder: the reflected polynomial of CRC-32C, RFC 3720 appendix B.4.
constexpr std::array<std::uint32_t, 256> remainders = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0x82f63b78U : 0U);
        }
        table[byte] = crc;
    }
    return table;
}();

constexpr std::size_t length_size = 8;
constexpr std::size_t crc_size = 4;
constexpr std::size_t head_size = length_size + crc_size;

}  // namespace

std::uint32_t masked_crc32c(std::string_view bytes) noexcept {
    std::uint32_t crc = 0xffffffffU;
    for (const char byte : bytes) {
        crc = (crc >> 8) ^ remainders[(crc ^ static_cast<unsigned char>(byte)) & 0xffU];
    }
    crc = ~crc;
    // So that the checksum of bytes that hold a checksum is no special value.
    return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

TfRecords::Next TfRecords::next() {
    m_offset = m_next;
    const std::string_view rest = m_bytes.substr(m_offset);
    if (rest.empty()) {
        return Next::end;
    }
    if (rest.size() < head_size) {
        return Next::cut;
    }
    if (masked_crc32c(rest.substr(0, length_size)) !=
        little_endian<std::uint32_t>(rest, length_size)) {
        return Next::damaged;
    }
    const auto length = little_endian<std::uint64_t>(rest, 0);
    const std::size_t left = rest.size() - head_size;
    if (left < crc_size || left - crc_size < length) {
        return Next::cut;
    }
    const std::string_view record = rest.substr(head_size, static_cast<std::size_t>(length));
    if (masked_crc32c(record) != little_endian<std::uint32_t>(rest, head_size + record.size())) {
        return Next::damaged;
    }
    m_record = record;
    m_next = m_offset + head_size + record.size() + crc_size;
    return Next::record;
}

}  // namespace metricgate::sources
