#include "sources/json_line.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <simdjson.h>

#include "support/text.h"

namespace metricgate::sources {

struct JsonLines::Parser {
    simdjson::ondemand::parser parser;
    std::string padded;  ///< copy of a line that has too few bytes behind it
};

namespace {

namespace ondemand = simdjson::ondemand;

constexpr int deepest = 64;

std::string_view without_blanks_behind(std::string_view token) {
    const std::size_t last = token.find_last_not_of(" \t\r\n");
    return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/// `-?int[.digits][e[+-]digits]` of RFC 8259, or one of the tokens that Python writes.
bool is_number(std::string_view text) {
    if (text == "NaN" || text == "-NaN" || text == "Infinity" || text == "-Infinity") {
        return true;
    }
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && is_digit(text[at])) {
            ++at;
        }
        return at > start;
    };
    const std::size_t first = at;
    if (!digits() || (text[first] == '0' && at > first + 1)) {
        return false;
    }
    if (at < text.size() && text[at] == '.' && (++at, !digits())) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
            ++at;
        }
        return digits() && at == text.size();
    }
    return at == text.size();
}

}  // namespace

/// One walk over a line. Every value is visited: simdjson's on-demand reader checks only what is
/// asked for.
class JsonLineWalker {
public:
    JsonLineWalker(JsonLines& lines, const char* buffer, std::string_view line)
        : m_lines(lines), m_buffer(buffer), m_line(line) {}

    bool members(ondemand::object& object, int depth) {
        if (depth > deepest) {
            return fail(0, "nested more than 64 deep");
        }
        for (auto item : object) {
            ondemand::field field;
            std::string_view key;
            if (const auto code = std::move(item).get(field); code != simdjson::SUCCESS) {
                return fail(code);
            }
            if (const auto code = field.unescaped_key().get(key); code != simdjson::SUCCESS) {
                return fail(code);
            }
            const std::size_t length = m_path.size();
            if (depth > 1) {
                m_path += '.';
            }
            m_path += key;
            ondemand::value value = field.value();
            if (!member(value, depth)) {
                return false;
            }
            m_path.resize(length);
        }
        return true;
    }

    bool fail(simdjson::error_code code) {
        std::string_view why = simdjson::error_message(code);
        if (why.ends_with('.')) {
            why.remove_suffix(1);
        }
        return fail(1, "this line is not one whole JSON object: " + std::string(why));
    }

private:
    bool fail(std::uint32_t column, std::string message) {
        m_lines.m_fault = {column, std::move(message)};
        return false;
    }

    [[nodiscard]] std::uint32_t column_of(std::string_view token) const {
        return static_cast<std::uint32_t>(token.data() - m_buffer) + 1;
    }

    bool member(ondemand::value& value, int depth) {
        const std::string_view token = without_blanks_behind(value.raw_json_token());
        const std::uint32_t column = column_of(token);
        const std::size_t key = m_lines.key_number(m_path);
        if (m_lines.m_met_in[key] == m_lines.m_line) {
            return fail(column, "the key '" + support::visible(m_path) +
                                    "' stands twice in this object (keys of nested objects are "
                                    "joined with dots)");
        }
        m_lines.m_met_in[key] = m_lines.m_line;
        m_lines.m_leaf_of[key] = 0;
        if (token.starts_with('{')) {
            ondemand::object object;
            const auto code = value.get_object().get(object);
            return code == simdjson::SUCCESS ? members(object, depth + 1) : fail(code);
        }
        JsonLines::Leaf leaf;
        leaf.key = key;
        leaf.column = column;
        if (token.starts_with('[')) {
            leaf.kind = CellKind::list;
            if (!list(value, depth + 1)) {
                return false;
            }
        } else if (!scalar(value, token, leaf)) {
            return false;
        }
        m_lines.m_leaves.push_back(leaf);
        m_lines.m_leaf_of[key] = m_lines.m_leaves.size();
        return true;
    }

    bool scalar(ondemand::value& value, std::string_view token, JsonLines::Leaf& leaf) {
        if (token.starts_with('"')) {
            leaf.kind = CellKind::string;
            if (token.size() >= 2 && token.find('\\') == std::string_view::npos) {
                // The index of the line's structure has checked quotes and control bytes already.
                const auto offset = static_cast<std::size_t>(token.data() - m_buffer);
                leaf.text = m_line.substr(offset + 1, token.size() - 2);
                return true;
            }
            const auto code = value.get_string().get(leaf.text);
            return code == simdjson::SUCCESS || fail(code);
        }
        leaf.text = m_line.substr(static_cast<std::size_t>(token.data() - m_buffer), token.size());
        if (token == "true" || token == "false") {
            leaf.kind = CellKind::boolean;
        } else if (token == "null") {
            leaf.kind = CellKind::null;
        } else if (is_number(token)) {
            leaf.kind = CellKind::number;
        } else {
            return fail(leaf.column, "'" + support::visible(token) + "' is no JSON value");
        }
        return true;
    }

    /// Lists are not read, but what is inside has to be JSON.
    bool list(ondemand::value& value, int depth) {
        if (depth > deepest) {
            return fail(0, "nested more than 64 deep");
        }
        ondemand::array array;
        if (const auto code = value.get_array().get(array); code != simdjson::SUCCESS) {
            return fail(code);
        }
        for (auto item : array) {
            ondemand::value element;
            if (const auto code = std::move(item).get(element); code != simdjson::SUCCESS) {
                return fail(code);
            }
            if (!unread(element, depth)) {
                return false;
            }
        }
        return true;
    }

    bool unread(ondemand::value& value, int depth) {
        const std::string_view token = without_blanks_behind(value.raw_json_token());
        if (token.starts_with('[')) {
            return list(value, depth + 1);
        }
        if (token.starts_with('{')) {
            return unread_object(value, depth + 1);
        }
        JsonLines::Leaf ignored;
        ignored.column = column_of(token);
        return scalar(value, token, ignored);
    }

    bool unread_object(ondemand::value& value, int depth) {
        if (depth > deepest) {
            return fail(0, "nested more than 64 deep");
        }
        ondemand::object object;
        if (const auto code = value.get_object().get(object); code != simdjson::SUCCESS) {
            return fail(code);
        }
        std::vector<std::string_view> keys;
        for (auto item : object) {
            ondemand::field field;
            if (const auto code = std::move(item).get(field); code != simdjson::SUCCESS) {
                return fail(code);
            }
            keys.push_back({});
            if (const auto code = field.unescaped_key().get(keys.back());
                code != simdjson::SUCCESS) {
                return fail(code);
            }
            ondemand::value element = field.value();
            if (!unread(element, depth)) {
                return false;
            }
        }
        std::sort(keys.begin(), keys.end());
        const auto twin = std::adjacent_find(keys.begin(), keys.end());
        return twin == keys.end() ||
               fail(0, "the key '" + support::visible(*twin) + "' stands twice in an object");
    }

    JsonLines& m_lines;
    const char* m_buffer;     ///< what simdjson looks at
    std::string_view m_line;  ///< the same bytes in the file
    std::string m_path;
};

JsonLines::JsonLines() : m_parser(std::make_unique<Parser>()) {}
JsonLines::~JsonLines() = default;

bool JsonLines::read(std::string_view line, std::size_t readable) {
    ++m_line;
    m_leaves.clear();
    m_expected = 0;
    const char* buffer = line.data();
    if (readable - line.size() < simdjson::SIMDJSON_PADDING) {
        m_parser->padded.assign(line);
        m_parser->padded.resize(line.size() + simdjson::SIMDJSON_PADDING);
        buffer = m_parser->padded.data();
        readable = m_parser->padded.size();
    }
    JsonLineWalker walker(*this, buffer, line);
    ondemand::document document;
    ondemand::object object;
    const simdjson::padded_string_view padded(buffer, line.size(), readable);
    if (const auto code = m_parser->parser.iterate(padded).get(document);
        code != simdjson::SUCCESS) {
        return walker.fail(code);
    }
    if (const auto code = document.get_object().get(object); code != simdjson::SUCCESS) {
        return walker.fail(code);
    }
    if (!walker.members(object, 1)) {
        return false;
    }
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        m_fault = {0, "something stands behind the object; every line holds one object"};
        return false;
    }
    return true;
}

const JsonLines::Leaf* JsonLines::find(std::size_t key) const noexcept {
    const bool there = m_met_in[key] == m_line && m_leaf_of[key] > 0;
    return there ? &m_leaves[m_leaf_of[key] - 1] : nullptr;
}

std::size_t JsonLines::key_number(const std::string& path) {
    std::size_t key = m_expected;
    if (key >= m_keys.size() || m_keys[key] != path) {
        const auto found = m_numbers.find(path);
        if (found != m_numbers.end()) {
            key = found->second;
        } else {
            key = m_keys.size();
            m_numbers.emplace(path, key);
            m_keys.push_back(path);
            m_met_in.push_back(0);
            m_leaf_of.push_back(0);
        }
    }
    m_expected = key + 1;
    return key;
}

}  // namespace metricgate::sources
