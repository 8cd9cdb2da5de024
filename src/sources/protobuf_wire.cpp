#include "sources/protobuf_wire.h"

#include <cstddef>

#include "sources/little_endian.h"

namespace metricgate::sources {

bool WireReader::varint(std::uint64_t& value) {
    value = 0;
    constexpr unsigned bits = 64;
    for (unsigned shift = 0; shift < bits && !m_rest.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if ((byte & 0x80U) == 0) {
            return true;
        }
    }
    return false;
}

bool WireReader::fixed(std::size_t size, std::uint64_t& value) {
    if (m_rest.size() < size) {
        return false;
    }
    value = size == sizeof(std::uint64_t) ? little_endian<std::uint64_t>(m_rest, 0)
                                          : little_endian<std::uint32_t>(m_rest, 0);
    m_rest.remove_prefix(size);
    return true;
}

bool WireReader::next(WireField& field) {
    if (m_rest.empty() || m_malformed) {
        return false;
    }
    m_malformed = true;  // until the field is whole
    std::uint64_t tag = 0;
    constexpr std::uint64_t largest = (std::uint64_t{1} << 29) - 1;
    if (!varint(tag) || tag >> 3 == 0 || tag >> 3 > largest) {
        return false;
    }
    field.number = static_cast<std::uint32_t>(tag >> 3);
    switch (tag & 7U) {
        case 0:
            field.kind = WireField::Kind::varint;
            m_malformed = !varint(field.value);
            break;
        case 1:
            field.kind = WireField::Kind::fixed64;
            m_malformed = !fixed(8, field.value);
            break;
        case 2: {
            std::uint64_t length = 0;
            field.kind = WireField::Kind::bytes;
            if (varint(length) && length <= m_rest.size()) {
                field.bytes = m_rest.substr(0, static_cast<std::size_t>(length));
                m_rest.remove_prefix(field.bytes.size());
                m_malformed = false;
            }
            break;
        }
        case 5:
            field.kind = WireField::Kind::fixed32;
            m_malformed = !fixed(4, field.value);
            break;
        default:  // groups, and two types that do not exist
            break;
    }
    return !m_malformed;
}

}  // namespace metricgate::sources
