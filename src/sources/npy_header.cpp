#include "sources/npy_header.h"

#include <charconv>
#include <limits>
#include <optional>

#include "sources/little_endian.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

constexpr std::string_view magic = "\x93NUMPY";

/// The few literals of Python that a header is made of. A problem is remembered, and everything
/// behind it is empty.
class Literals {
public:
    explicit Literals(std::string_view text) : m_rest(text) {}

    /// Takes `mark` if it is next.
    bool take(std::string_view mark) {
        skip_blanks();
        if (!m_rest.starts_with(mark)) {
            return false;
        }
        m_rest.remove_prefix(mark.size());
        return true;
    }

    bool expect(std::string_view mark) {
        m_failed = !take(mark) || m_failed;
        return !m_failed;
    }

    std::string text() {
        skip_blanks();
        if (m_failed || m_rest.empty() || (m_rest.front() != '\'' && m_rest.front() != '"')) {
            m_failed = true;
            return {};
        }
        const char quote = m_rest.front();
        std::string result;
        for (std::size_t at = 1; at < m_rest.size(); ++at) {
            if (m_rest[at] == quote) {
                m_rest.remove_prefix(at + 1);
                return result;
            }
            const bool escaped = m_rest[at] == '\\';
            at += escaped ? 1 : 0;
            const char byte = at < m_rest.size() ? m_rest[at] : quote;
            if (escaped && byte != '\\' && byte != '\'' && byte != '"') {
                break;  // numpy writes other escapes for bytes that no name should hold
            }
            result += byte;
        }
        m_failed = true;
        return {};
    }

    std::size_t integer() {
        skip_blanks();
        std::size_t value = 0;
        const auto read = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        m_failed = m_failed || read.ec != std::errc();
        m_rest.remove_prefix(static_cast<std::size_t>(read.ptr - m_rest.data()));
        take("L");  // written by Python 2
        return value;
    }

    [[nodiscard]] bool at_end() {
        skip_blanks();
        return m_rest.empty();
    }
    [[nodiscard]] bool failed() const noexcept { return m_failed; }

private:
    void skip_blanks() {
        const std::size_t first = m_rest.find_first_not_of(" \n");
        m_rest.remove_prefix(first == std::string_view::npos ? m_rest.size() : first);
    }

    std::string_view m_rest;
    bool m_failed = false;
};

/// '<f4' to its parts; false when it is no type with a size.
bool read_type(const std::string& text, NpyField& field) {
    constexpr std::size_t bytes_of_character = 4;
    constexpr std::size_t largest = std::size_t{1} << 30;
    if (text.size() < 3) {
        return false;
    }
    field.big_endian = text[0] == '>';
    field.kind = text[1];
    std::size_t count = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + 2, end, count);
    const bool whole = read.ptr == end || *read.ptr == '[';  // <M8[D]
    if (read.ec != std::errc() || !whole || count > largest) {
        return false;
    }
    field.size = field.kind == 'U' ? count * bytes_of_character : count;
    return true;
}

std::string read_plain_type(const std::string& text, NpyHeader& header) {
    NpyField field;
    if (text.size() > 1 && text[1] == 'O') {
        return "the array holds Python objects (a pickle), which are never loaded; save numbers or "
               "text (dtype=str)";
    }
    if (!read_type(text, field)) {
        return "the type '" + support::visible(text) + "' of the array is unknown";
    }
    header.item_size = field.size;
    header.fields = {field};
    return {};
}

/// [('id', '<U5'), ('score', '<f4'), ...]
std::string read_fields(Literals& literals, NpyHeader& header) {
    while (!literals.take("]")) {
        NpyField field;
        literals.expect("(");
        if (literals.take("(")) {
            return "the fields of the array have titles; save it without them";
        }
        field.name = literals.text();
        literals.expect(",");
        if (literals.take("[")) {
            return "the field '" + support::visible(field.name) +
                   "' of the array has fields of its own";
        }
        const std::string type = literals.text();
        if (literals.take(",")) {
            if (literals.take("(")) {
                return "the field '" + support::visible(field.name) +
                       "' of the array is an array itself";
            }
        }
        literals.expect(")");
        literals.take(",");
        if (literals.failed()) {
            return "the header of the array is damaged";
        }
        if (type.size() > 1 && type[1] == 'O') {
            return "the array holds Python objects (a pickle), which are never loaded; save "
                   "numbers or text (dtype=str)";
        }
        if (!read_type(type, field)) {
            return "the type '" + support::visible(type) + "' of the field '" +
                   support::visible(field.name) + "' is unknown";
        }
        field.offset = header.item_size;
        header.item_size += field.size;
        if (!field.name.empty()) {  // without a name: padding
            header.fields.push_back(field);
        }
    }
    return {};
}

std::string read_dictionary(std::string_view text, NpyHeader& header) {
    const std::string damaged = "the header of the array is damaged";
    Literals literals(text);
    bool has_type = false;
    bool has_order = false;
    bool has_shape = false;
    literals.expect("{");
    while (!literals.failed() && !literals.take("}")) {
        const std::string key = literals.text();
        literals.expect(":");
        if (key == "descr" && !has_type) {
            has_type = true;
            const std::string problem = literals.take("[")
                                            ? read_fields(literals, header)
                                            : read_plain_type(literals.text(), header);
            if (!problem.empty()) {
                return literals.failed() ? damaged : problem;
            }
        } else if (key == "fortran_order" && !has_order) {
            has_order = true;
            header.fortran_order = literals.take("True");
            if (!header.fortran_order) {
                literals.expect("False");
            }
        } else if (key == "shape" && !has_shape) {
            has_shape = true;
            literals.expect("(");
            while (!literals.failed() && !literals.take(")")) {
                header.shape.push_back(literals.integer());
                literals.take(",");
            }
        } else {
            return damaged;
        }
        literals.take(",");
    }
    const bool whole =
        !literals.failed() && has_type && has_order && has_shape && literals.at_end();
    return whole && header.item_size > 0 ? std::string() : damaged;
}

/// Format 1.0 and 2.0 write names in Latin-1.
std::string utf8_of_latin1(std::string_view text) {
    std::string result;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x80) {
            result += byte;
        } else {
            result += static_cast<char>(0xc0 | (code >> 6));
            result += static_cast<char>(0x80 | (code & 0x3f));
        }
    }
    return result;
}

/// The bytes that the array takes, or nothing when no memory could hold them.
std::optional<std::size_t> size_of(const NpyHeader& header) {
    std::size_t size = header.item_size;
    for (const std::size_t length : header.shape) {
        if (length != 0 && size > std::numeric_limits<std::size_t>::max() / length) {
            return std::nullopt;
        }
        size *= length;
    }
    return size;
}

}  // namespace

bool is_npy(std::string_view bytes) noexcept {
    return bytes.starts_with(magic);
}

std::string read_npy_header(std::string_view bytes, NpyHeader& header) {
    constexpr std::size_t version_at = magic.size();
    constexpr std::size_t length_at = version_at + 2;
    constexpr std::size_t longest = 1 << 20;
    if (!is_npy(bytes)) {
        return "is no array of numpy: it does not begin with \\x93NUMPY";
    }
    if (bytes.size() < length_at + 4) {
        return "the array is cut short in its header";
    }
    const int version = static_cast<unsigned char>(bytes[version_at]);
    if (version < 1 || version > 3) {
        return "the array has version " + std::to_string(version) +
               " of numpy's format, wanted 1, 2 or 3";
    }
    const std::size_t length = version == 1 ? little_endian<std::uint16_t>(bytes, length_at)
                                            : little_endian<std::uint32_t>(bytes, length_at);
    const std::size_t start = length_at + (version == 1 ? 2 : 4);
    if (length > longest) {
        return "the header of the array is longer than 1 MiB";
    }
    if (bytes.size() - start < length) {
        return "the array is cut short in its header";
    }
    const std::string_view text = bytes.substr(start, length);
    if (std::string problem =
            read_dictionary(version == 3 ? std::string(text) : utf8_of_latin1(text), header);
        !problem.empty()) {
        return problem;
    }
    header.data = start + length;
    const std::size_t held = bytes.size() - header.data;
    const auto wanted = size_of(header);
    if (!wanted || *wanted > held) {
        return "the array is cut short: it holds fewer bytes than its shape needs";
    }
    return *wanted < held ? "bytes stand behind the array; save one array a file, or an .npz" : "";
}

}  // namespace metricgate::sources
