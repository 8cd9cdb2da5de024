#include "sources/proto_fields.h"

#include <algorithm>
#include <bit>

#include "sources/binary32.h"

namespace metricgate::sources {

using Kind = WireField::Kind;

ProtoFields::ProtoFields(std::string_view message, Kinds kinds) {
    WireReader fields(message);
    std::size_t count = 0;
    for (WireField field; fields.next(field);) {
        if (++count > most_fields) {
            m_fields.clear();
            m_malformed = true;
            return;
        }
        for (const auto& [number, kind] : kinds) {
            m_malformed |= number == field.number && kind != field.kind;
        }
        m_fields[field.number].push_back(field);
    }
    m_malformed |= fields.malformed();
}

bool ProtoFields::only(std::initializer_list<std::uint32_t> numbers) const {
    return std::all_of(m_fields.begin(), m_fields.end(), [&](const auto& field) {
        return std::find(numbers.begin(), numbers.end(), field.first) != numbers.end();
    });
}

const WireField* ProtoFields::last(std::uint32_t number) const {
    const auto found = m_fields.find(number);
    return found == m_fields.end() ? nullptr : &found->second.back();
}

std::uint64_t ProtoFields::integer(std::uint32_t number) const {
    const WireField* field = last(number);
    return field != nullptr && field->kind == Kind::varint ? field->value : 0;
}

support::ParsedNumber ProtoFields::real(std::uint32_t number) const {
    const WireField* field = last(number);
    if (field != nullptr && field->kind == Kind::fixed64) {
        return number_of(std::bit_cast<double>(field->value));
    }
    if (field != nullptr && field->kind == Kind::fixed32) {
        return number_of(std::bit_cast<float>(static_cast<std::uint32_t>(field->value)));
    }
    return number_of(0.0);
}

std::string_view ProtoFields::text(std::uint32_t number) const {
    const WireField* field = last(number);
    return field != nullptr && field->kind == Kind::bytes ? field->bytes : std::string_view();
}

std::vector<std::string_view> ProtoFields::all(std::uint32_t number) const {
    std::vector<std::string_view> texts;
    if (const auto found = m_fields.find(number); found != m_fields.end()) {
        for (const WireField& field : found->second) {
            if (field.kind == Kind::bytes) {
                texts.push_back(field.bytes);
            }
        }
    }
    return texts;
}

}  // namespace metricgate::sources
