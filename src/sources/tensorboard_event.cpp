// The messages of TensorFlow's event.proto, summary.proto and tensor.proto, as far as scalars need
// them.

#include "sources/tensorboard_event.h"

#include <bit>
#include <optional>

#include "sources/binary32.h"
#include "sources/little_endian.h"
#include "sources/protobuf_wire.h"

namespace metricgate::sources {

namespace {

using Kind = WireField::Kind;

constexpr std::uint64_t float_type = 1;
constexpr std::uint64_t double_type = 2;

float float_of(std::uint64_t bits) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
}

/// The numbers of a tensor, of which a scalar has one.
struct TensorNumbers {
    std::size_t count = 0;
    support::ParsedNumber first;

    void add(support::ParsedNumber number) { first = count++ == 0 ? number : first; }
    void add_floats(std::string_view packed) {
        for (std::size_t at = 0; at + sizeof(float) <= packed.size(); at += sizeof(float)) {
            add(number_of(float_of(little_endian<std::uint32_t>(packed, at))));
        }
    }
    void add_doubles(std::string_view packed) {
        for (std::size_t at = 0; at + sizeof(double) <= packed.size(); at += sizeof(double)) {
            add(number_of(std::bit_cast<double>(little_endian<std::uint64_t>(packed, at))));
        }
    }
};

bool has_dimensions(std::string_view shape, bool& well_formed) {
    constexpr std::uint32_t dim = 2;
    constexpr std::uint32_t unknown_rank = 3;
    bool found = false;
    WireReader fields(shape);
    for (WireField field; fields.next(field);) {
        found |= field.number == dim || (field.number == unknown_rank && field.value != 0);
    }
    well_formed &= !fields.malformed();
    return found;
}

/// A number for a tensor without dimensions; nothing for any other tensor.
bool read_tensor(std::string_view tensor, std::optional<support::ParsedNumber>& number) {
    std::uint64_t type = 0;
    bool rank0 = true;
    bool well_formed = true;
    std::string_view content;
    TensorNumbers floats;
    TensorNumbers doubles;
    WireReader fields(tensor);
    for (WireField field; fields.next(field);) {
        if (field.number == 1 && field.kind == Kind::varint) {
            type = field.value;
        } else if (field.number == 2 && field.kind == Kind::bytes) {
            rank0 = !has_dimensions(field.bytes, well_formed) && rank0;
        } else if (field.number == 4 && field.kind == Kind::bytes) {
            content = field.bytes;
        } else if (field.number == 5 && field.kind == Kind::bytes) {
            floats.add_floats(field.bytes);
        } else if (field.number == 5 && field.kind == Kind::fixed32) {
            floats.add(number_of(float_of(field.value)));
        } else if (field.number == 6 && field.kind == Kind::bytes) {
            doubles.add_doubles(field.bytes);
        } else if (field.number == 6 && field.kind == Kind::fixed64) {
            doubles.add(number_of(std::bit_cast<double>(field.value)));
        }
    }
    if (type == float_type && floats.count == 0 && content.size() == sizeof(float)) {
        floats.add_floats(content);
    }
    if (type == double_type && doubles.count == 0 && content.size() == sizeof(double)) {
        doubles.add_doubles(content);
    }
    const TensorNumbers& numbers = type == double_type ? doubles : floats;
    if (rank0 && numbers.count == 1 && (type == float_type || type == double_type)) {
        number = numbers.first;
    }
    return well_formed && !fields.malformed();
}

bool read_plugin(std::string_view plugin, EventValue& value) {
    WireReader fields(plugin);
    for (WireField field; fields.next(field);) {
        if (field.number == 1 && field.kind == Kind::bytes) {
            value.plugin = field.bytes;
        } else if (field.number == 2 && field.kind == Kind::bytes) {
            value.plugin_data = field.bytes;
        }
    }
    return !fields.malformed();
}

bool read_metadata(std::string_view metadata, EventValue& value) {
    constexpr std::uint64_t scalar_class = 1;
    std::uint64_t data_class = 0;
    bool well_formed = true;
    WireReader fields(metadata);
    for (WireField field; fields.next(field);) {
        if (field.number == 1 && field.kind == Kind::bytes) {
            well_formed &= read_plugin(field.bytes, value);
        } else if (field.number == 4 && field.kind == Kind::varint) {
            data_class = field.value;
        }
    }
    value.has_metadata = true;
    value.says_scalar =
        data_class == scalar_class || (data_class == 0 && value.plugin == "scalars");
    value.says_other = data_class != 0 && data_class != scalar_class;
    return well_formed && !fields.malformed();
}

bool read_value(std::string_view message, EventValue& value) {
    std::optional<support::ParsedNumber> number;
    bool well_formed = true;
    WireReader fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == 1 && field.kind == Kind::bytes) {
            value.tag = field.bytes;
        } else if (field.number == 2 && field.kind == Kind::fixed32) {
            value.kind = EventValue::Kind::simple;
            number = number_of(float_of(field.value));
        } else if (field.number == 8 && field.kind == Kind::bytes) {
            number.reset();
            well_formed &= read_tensor(field.bytes, number);
            value.kind = number ? EventValue::Kind::scalar_tensor : EventValue::Kind::other_tensor;
        } else if (field.number == 9 && field.kind == Kind::bytes) {
            well_formed &= read_metadata(field.bytes, value);
        }
    }
    value.number = number.value_or(support::ParsedNumber{});
    return well_formed && !fields.malformed();
}

bool read_summary(std::string_view summary, Event& event) {
    bool well_formed = true;
    WireReader fields(summary);
    for (WireField field; fields.next(field);) {
        if (field.number == 1 && field.kind == Kind::bytes) {
            EventValue value;
            well_formed &= read_value(field.bytes, value);
            event.values.push_back(value);
        }
    }
    return well_formed && !fields.malformed();
}

}  // namespace

bool read_event(std::string_view record, Event& event) {
    event = {};
    bool well_formed = true;
    WireReader fields(record);
    for (WireField field; fields.next(field);) {
        if (field.number == 1 && field.kind == Kind::fixed64) {
            event.seconds = std::bit_cast<double>(field.value);
        } else if (field.number == 2 && field.kind == Kind::varint) {
            event.step = static_cast<std::int64_t>(field.value);
        } else if (field.number == 3 && field.kind == Kind::bytes) {
            event.file_version = field.bytes;
        } else if (field.number == 5 && field.kind == Kind::bytes) {
            well_formed &= read_summary(field.bytes, event);
        }
    }
    return well_formed && !fields.malformed();
}

}  // namespace metricgate::sources
