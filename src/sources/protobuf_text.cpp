#include "sources/protobuf_text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using Type = TextField::Type;

constexpr unsigned wire_varint = 0;
constexpr unsigned wire_fixed64 = 1;
constexpr unsigned wire_bytes = 2;
constexpr unsigned wire_fixed32 = 5;

void put_varint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) {
        out += static_cast<char>((value & 0x7fU) | 0x80U);
    }
    out += static_cast<char>(value);
}

template <class Integer>
void put_fixed(std::string& out, Integer bits) {
    for (std::size_t i = 0; i < sizeof(Integer); ++i) {
        out += static_cast<char>((bits >> (8U * i)) & 0xffU);
    }
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '+' || c == '-';
}

bool is_octal(char c) {
    return c >= '0' && c <= '7';
}

/// Reads from the front to the end, once; the first problem ends it.
class Parser {
public:
    Parser(std::string_view text, const std::string& source) : m_text(text), m_source(source) {}

    support::Result<std::string> parse(const TextMessage& schema) {
        std::string wire = message(schema, false);
        return m_problem.empty()
                   ? support::Result<std::string>(std::move(wire))
                   : support::Result<std::string>(support::Diagnostic{m_where, m_problem});
    }

private:
    /// What a problem is about begins here.
    void mark() {
        m_where =
            support::in_file(m_source, m_line, static_cast<std::uint32_t>(m_at - m_line_start + 1));
    }
    [[nodiscard]] bool ended() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return ended() ? '\0' : m_text[m_at]; }

    void fail(std::string problem) {
        if (m_problem.empty()) {
            m_problem = std::move(problem);
        }
    }

    void skip_blanks() {
        for (; !ended(); ++m_at) {
            if (peek() == '#') {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
                if (ended()) {
                    return;  // the comment is the last thing in the file
                }
            }
            if (peek() == '\n') {
                ++m_line;
                m_line_start = m_at + 1;
            } else if (peek() != ' ' && peek() != '\t' && peek() != '\r') {
                return;
            }
        }
    }

    bool take(char wanted) {
        skip_blanks();
        if (ended() || peek() != wanted) {
            return false;
        }
        ++m_at;
        return true;
    }

    std::string_view word() {
        skip_blanks();
        mark();
        const std::size_t start = m_at;
        while (!ended() && is_word(peek())) {
            ++m_at;
        }
        return m_text.substr(start, m_at - start);
    }

    std::string message(const TextMessage& schema, bool inside);
    void field(const TextField& field, std::string& wire);
    void number(const TextField& field, std::string& wire);
    std::string quoted();
    void escape(std::string& out);

    std::string_view m_text;
    const std::string& m_source;
    std::size_t m_at = 0;
    std::size_t m_line_start = 0;
    std::uint32_t m_line = 1;
    support::Location m_where;
    std::string m_problem;
};

std::string Parser::message(const TextMessage& schema, bool inside) {
    std::string wire;
    while (m_problem.empty()) {
        skip_blanks();
        mark();
        if (take('}')) {
            if (!inside) {
                fail("a '}' without its '{'");
            }
            return wire;
        }
        if (ended()) {
            if (inside) {
                fail("the file ends inside a message: it was not written or copied whole");
            }
            return wire;
        }
        const std::string_view name = word();
        const auto found = std::find_if(schema.fields.begin(), schema.fields.end(),
                                        [&](const TextField& known) { return known.name == name; });
        if (found == schema.fields.end()) {
            fail("found '" + support::visible(name.empty() ? m_text.substr(m_at, 1) : name) +
                 "', wanted a field of this message");
            return wire;
        }
        field(*found, wire);
        take(';') || take(',');
    }
    return wire;
}

void Parser::field(const TextField& field, std::string& wire) {
    const bool colon = take(':');
    if (field.type == Type::message) {
        if (!take('{')) {
            fail("wanted '{' behind '" + std::string(field.name) + "'");
            return;
        }
        const std::string inner = message(*field.message, true);
        put_varint(wire, std::uint64_t{field.number} << 3U | wire_bytes);
        put_varint(wire, inner.size());
        wire += inner;
        return;
    }
    if (!colon) {
        fail("wanted ':' behind '" + std::string(field.name) + "'");
        return;
    }
    if (field.type == Type::text) {
        const std::string text = quoted();
        put_varint(wire, std::uint64_t{field.number} << 3U | wire_bytes);
        put_varint(wire, text.size());
        wire += text;
        return;
    }
    number(field, wire);
}

void Parser::number(const TextField& field, std::string& wire) {
    const std::string_view text = word();
    const auto choice = std::find_if(field.choices.begin(), field.choices.end(),
                                     [&](const auto& known) { return known.first == text; });
    if (field.type == Type::choice && choice != field.choices.end()) {
        put_varint(wire, std::uint64_t{field.number} << 3U | wire_varint);
        put_varint(wire, choice->second);
        return;
    }
    double value = 0.0;
    switch (const auto parsed = support::parse_number(text); parsed.kind) {
        case support::NumberKind::finite:
            value = parsed.value;
            break;
        case support::NumberKind::not_a_number:
            value = std::numeric_limits<double>::quiet_NaN();
            break;
        case support::NumberKind::positive_infinity:
            value = std::numeric_limits<double>::infinity();
            break;
        case support::NumberKind::negative_infinity:
            value = -std::numeric_limits<double>::infinity();
            break;
        case support::NumberKind::malformed:
        case support::NumberKind::out_of_range:
            fail("'" + std::string(field.name) + "' holds '" + support::visible(text) +
                 "', wanted a number");
            return;
    }
    if (field.type == Type::real64) {
        put_varint(wire, std::uint64_t{field.number} << 3U | wire_fixed64);
        put_fixed(wire, std::bit_cast<std::uint64_t>(value));
    } else if (field.type == Type::real32) {
        put_varint(wire, std::uint64_t{field.number} << 3U | wire_fixed32);
        put_fixed(wire, std::bit_cast<std::uint32_t>(static_cast<float>(value)));
    } else {
        constexpr double most = 9007199254740992.0;  // 2^53
        if (!(value >= 0.0 && value <= most && std::floor(value) == value)) {
            fail("'" + std::string(field.name) + "' holds '" + support::visible(text) +
                 "', wanted a whole number from 0 to 2^53");
            return;
        }
        put_varint(wire, std::uint64_t{field.number} << 3U | wire_varint);
        put_varint(wire, static_cast<std::uint64_t>(value));
    }
}

/// One text, in pieces that stand behind each other.
std::string Parser::quoted() {
    std::string out;
    skip_blanks();
    mark();
    if (peek() != '"' && peek() != '\'') {
        fail("wanted a text in quotes");
    }
    while (m_problem.empty() && (peek() == '"' || peek() == '\'')) {
        const char quote = peek();
        for (++m_at; m_problem.empty() && peek() != quote; ++m_at) {
            if (ended() || peek() == '\n') {
                fail("a text without its closing quote");
            } else if (peek() == '\\') {
                escape(out);
            } else {
                out += peek();
            }
        }
        ++m_at;
        skip_blanks();
    }
    return out;
}

/// Leaves the last character of the escape to be passed over.
void Parser::escape(std::string& out) {
    constexpr std::string_view names = "nrt\"'\\?";
    constexpr std::string_view values = "\n\r\t\"'\\?";
    ++m_at;
    if (const std::size_t known = names.find(peek()); !ended() && known != std::string_view::npos) {
        out += values[known];
        return;
    }
    if (!is_octal(peek())) {
        fail("a text with an escape that is not read, '\\" +
             support::visible(m_text.substr(std::min(m_at, m_text.size()), 1)) + "'");
        return;
    }
    unsigned value = 0;
    std::size_t digits = 0;
    for (; digits < 3 && is_octal(peek()); ++digits, ++m_at) {
        value = value * 8 + static_cast<unsigned>(peek() - '0');
    }
    --m_at;
    out += static_cast<char>(value & 0xffU);
}

}  // namespace

support::Result<std::string> wire_of_text(std::string_view text, const TextMessage& schema,
                                          const std::string& source) {
    return Parser(text, source).parse(schema);
}

}  // namespace metricgate::sources
