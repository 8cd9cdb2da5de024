#include "sources/npy_columns.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "sources/binary32.h"
#include "sources/little_endian.h"

namespace metricgate::sources {

namespace {

constexpr std::size_t character_size = 4;

/// The bits of an integer or a float, in any order of bytes.
std::uint64_t bits_of(std::string_view cell, bool big_endian) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const std::size_t at = big_endian ? i : cell.size() - 1 - i;
        bits = bits << 8 | static_cast<unsigned char>(cell[at]);
    }
    return bits;
}

void put_signed(std::uint64_t bits, std::size_t size, CellSink& sink) {
    const unsigned unused = 64 - 8 * static_cast<unsigned>(size);
    sink.put(static_cast<std::int64_t>(bits << unused) >> unused);
}

void put_float(std::uint64_t bits, std::size_t size, CellSink& sink) {
    if (size == sizeof(double)) {
        sink.put(std::bit_cast<double>(bits));
    } else if (size == sizeof(float)) {
        sink.put(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    } else {
        sink.put(of_binary16(static_cast<std::uint16_t>(bits)));
    }
}

void append_utf8(std::string& text, std::uint32_t code) {
    const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xc0 | code >> 6);
        add(0x80 | (code & 0x3f));
    } else if (code <
               0x10000) {  // a surrogate comes out as invalid UTF-8, which the column refuses
        add(0xe0 | code >> 12);
        add(0x80 | (code >> 6 & 0x3f));
        add(0x80 | (code & 0x3f));
    } else if (code < 0x110000) {
        add(0xf0 | code >> 18);
        add(0x80 | (code >> 12 & 0x3f));
        add(0x80 | (code >> 6 & 0x3f));
        add(0x80 | (code & 0x3f));
    } else {
        add(0xff);
    }
}

/// Text of a fixed length; zeros at its end are no part of it.
void put_characters(std::string_view cell, bool big_endian, std::string& text, CellSink& sink) {
    std::size_t characters = cell.size() / character_size;
    const auto code = [&](std::size_t i) {
        return static_cast<std::uint32_t>(
            bits_of(cell.substr(i * character_size, character_size), big_endian));
    };
    while (characters > 0 && code(characters - 1) == 0) {
        --characters;
    }
    text.clear();
    for (std::size_t i = 0; i < characters; ++i) {
        append_utf8(text, code(i));
    }
    sink.put_text(text);
}

std::string with_prefix(const std::string& name, const std::string& part) {
    return name.empty() ? part : name + "." + part;
}

}  // namespace

std::vector<NpyColumn> columns_of(const NpyHeader& header, const std::string& name) {
    const bool structured = header.fields.size() != 1 || !header.fields.front().name.empty();
    const std::size_t dimensions = header.shape.size();
    std::vector<NpyColumn> columns;
    if (dimensions == 1 && structured) {
        for (const NpyField& field : header.fields) {
            columns.push_back({with_prefix(name, field.name), field, header.data + field.offset,
                               header.item_size, header.shape[0]});
        }
    } else if (dimensions == 1) {
        columns.push_back({name.empty() ? "0" : name, header.fields.front(), header.data,
                           header.item_size, header.shape[0]});
    } else if (dimensions == 2 && !structured) {
        constexpr std::size_t most = 100'000;
        const std::size_t rows = header.shape[0];
        const std::size_t width = rows == 0 || header.shape[1] > most ? 0 : header.shape[1];
        for (std::size_t i = 0; i < width; ++i) {
            const std::size_t step = header.fortran_order ? rows : 1;
            columns.push_back({with_prefix(name, std::to_string(i)), header.fields.front(),
                               header.data + i * step * header.item_size,
                               (header.fortran_order ? 1 : header.shape[1]) * header.item_size,
                               rows});
        }
    }
    return columns;
}

std::string unreadable(const NpyColumn& column) {
    const std::size_t size = column.field.size;
    const bool power = size == 1 || size == 2 || size == 4 || size == 8;
    switch (column.field.kind) {
        case 'f':
            return power && size > 1
                       ? ""
                       : "floats of " + std::to_string(8 * size) + " bits, wanted float64 or less";
        case 'i':
        case 'u':
            return power ? "" : "integers of an unknown size";
        case 'b':
            return size == 1 ? "" : "booleans of an unknown size";
        case 'U':
            return "";
        case 'S':
            return "bytes, wanted text: .astype(str)";
        case 'M':
        case 'm':
            return "times, wanted text or numbers: .astype(str)";
        default:
            return std::string("numpy's type '") + column.field.kind +
                   "', wanted numbers, booleans or text";
    }
}

void put_cells(std::string_view bytes, const NpyColumn& column, std::size_t most, CellSink& sink) {
    std::string text;
    const NpyField& field = column.field;
    for (std::size_t row = 0; row < std::min(most, column.rows); ++row) {
        const std::string_view cell = bytes.substr(column.start + row * column.stride, field.size);
        switch (field.kind) {
            case 'f':
                put_float(bits_of(cell, field.big_endian), field.size, sink);
                break;
            case 'i':
                put_signed(bits_of(cell, field.big_endian), field.size, sink);
                break;
            case 'u':
                sink.put(bits_of(cell, field.big_endian));
                break;
            case 'b':
                sink.put(cell.front() != 0);
                break;
            default:
                put_characters(cell, field.big_endian, text, sink);
                break;
        }
    }
}

}  // namespace metricgate::sources
