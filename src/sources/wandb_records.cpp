#include "sources/wandb_records.h"

#include <cstdint>

#include <zlib.h>

#include "sources/little_endian.h"

namespace metricgate::sources {

namespace {

constexpr std::string_view mark{":W&B\xe1\xbe\0", 7};  // a magic number, version 0
constexpr std::size_t block = 32768;
constexpr std::size_t head = 7;  // checksum, length, kind

enum class Piece : unsigned char { whole = 1, first = 2, middle = 3, last = 4 };

/// Of the kind and the bytes behind it.
std::uint32_t checksum(std::string_view bytes) {
    const auto* data = reinterpret_cast<const Bytef*>(bytes.data());
    return static_cast<std::uint32_t>(crc32(0, data, static_cast<uInt>(bytes.size())));
}

}  // namespace

bool begins_as_wandb_log(std::string_view bytes) {
    return bytes.starts_with(mark);
}

WandbRecords::WandbRecords(std::string_view bytes) : m_bytes(bytes), m_next(mark.size()) {}

WandbRecords::Next WandbRecords::next() {
    m_record.clear();
    for (bool inside = false;;) {
        const std::size_t left = block - m_next % block;
        if (left < head) {  // too little for a piece: filled with zeros
            m_next += left;
        }
        if (!inside) {
            m_offset = m_next;
        }
        if (m_next >= m_bytes.size()) {
            return inside ? Next::cut : Next::end;
        }
        const std::string_view rest = m_bytes.substr(m_next);
        if (rest.size() < head) {
            return Next::cut;
        }
        const std::size_t length = little_endian<std::uint16_t>(rest, 4);
        if (head + length > block - m_next % block) {
            return Next::damaged;  // no piece reaches into the next block
        }
        if (rest.size() < head + length) {
            return Next::cut;
        }
        if (checksum(rest.substr(head - 1, length + 1)) != little_endian<std::uint32_t>(rest, 0)) {
            return Next::damaged;
        }
        const auto kind = static_cast<unsigned char>(rest[head - 1]);
        const bool begins = kind == static_cast<unsigned char>(Piece::whole) ||
                            kind == static_cast<unsigned char>(Piece::first);
        if (kind < 1 || kind > static_cast<unsigned char>(Piece::last) || begins == inside) {
            return Next::damaged;
        }
        m_record += rest.substr(head, length);
        m_next += head + length;
        inside = kind == static_cast<unsigned char>(Piece::first) ||
                 kind == static_cast<unsigned char>(Piece::middle);
        if (!inside) {
            return Next::record;
        }
    }
}

}  // namespace metricgate::sources
