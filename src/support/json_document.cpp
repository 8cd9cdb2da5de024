#include <algorithm>
#include <array>
#include <iterator>

#include <nlohmann/json.hpp>

#include "support/files.h"
#include "support/json_skips.h"
#include "support/node.h"
#include "support/place_finder.h"
#include "support/text.h"
#include "support/tree_builder.h"

namespace metricgate::support {

namespace {

constexpr std::array<std::string_view, 4> non_finite_tokens = {"NaN", "-NaN", "Infinity",
                                                               "-Infinity"};
constexpr std::string_view number_bytes = "0123456789+-.eE";

/// Where the string that opens at `at` ends, behind its closing quote.
std::size_t end_of_string(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') {
            ++at;
        }
    }
    return std::min(at + 1, text.size());
}

/// How long the number or non-finite token at `at` is; 0 when there is neither.
std::size_t length_of_number(std::string_view text, std::size_t at) {
    for (const std::string_view token : non_finite_tokens) {
        if (text.substr(at).starts_with(token)) {
            return token.size();
        }
    }
    const std::size_t end = text.find_first_not_of(number_bytes, at);
    return std::min(end, text.size()) - at;
}

/// True for what the library's parser would refuse, or worse, round: non-finite tokens, and numbers
/// beyond a double. All of them have at least three bytes.
bool is_beyond_double(std::string_view token) {
    constexpr std::size_t longest_plain_double = 300;
    if (token.find_first_of("NIeE") == std::string_view::npos &&
        token.size() <= longest_plain_double) {
        return false;
    }
    const NumberKind kind = parse_number(token).kind;
    return kind != NumberKind::finite && kind != NumberKind::malformed;
}

/// Goes over the text, every number that a double cannot hold replaced by a string of the same
/// length, so that the library checks the syntax around it and every byte keeps its place.
class Prepared {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    Prepared(std::string_view text, std::size_t at) : m_text(text), m_at(at) { look(); }

    char operator*() const {
        if (m_at >= m_replaced_until) {
            return m_text[m_at];
        }
        return m_at == m_replaced_from || m_at + 1 == m_replaced_until ? '"' : 'x';
    }
    Prepared& operator++() {
        ++m_at;
        look();
        return *this;
    }
    bool operator==(const Prepared& other) const { return m_at == other.m_at; }

private:
    /// Finds out what begins here, when nothing that began before goes on.
    void look() {
        if (m_at < m_known_until || m_at >= m_text.size()) {
            return;
        }
        const char byte = m_text[m_at];
        if (byte == '"') {
            m_known_until = end_of_string(m_text, m_at);
        } else if (byte == '-' || byte == 'N' || byte == 'I' || (byte >= '0' && byte <= '9')) {
            const std::size_t length = length_of_number(m_text, m_at);
            m_known_until = m_at + std::max<std::size_t>(length, 1);
            if (length != 0 && is_beyond_double(m_text.substr(m_at, length))) {
                m_replaced_from = m_at;
                m_replaced_until = m_known_until;
            }
        }
    }

    std::string_view m_text;
    std::size_t m_at;
    std::size_t m_known_until = 0;  ///< where the string or number ends that we are in
    std::size_t m_replaced_from = 0;
    std::size_t m_replaced_until = 0;
};

/// The library's sentence without its prefix and without the input it quotes.
std::string reason_of(std::string_view what) {
    if (const std::size_t prefix = what.find(": "); prefix != std::string_view::npos) {
        what.remove_prefix(prefix + 2);
    }
    std::string reason(what.substr(0, what.find("; last read: ")));
    return "is not valid JSON: " + reason;
}

/// Follows the library's events with a cursor of its own in the original text, because the events
/// carry no places and numbers arrive without the digits they were written with.
class Reader final : public nlohmann::json_sax<nlohmann::json> {
public:
    Reader(std::string_view text, std::string_view file, DocumentLimits limits,
           const std::vector<JsonSkip>& skips)
        : m_text(text), m_places(text, file), m_builder(limits), m_skips(skips) {}

    bool null() override {
        const std::size_t start = next_token();
        m_cursor = start + std::string_view("null").size();
        if (is_unread(false)) {
            return true;
        }
        Node node;
        node.where = m_places.at(start);
        return m_builder.value(std::move(node));
    }

    bool boolean(bool value) override {
        const std::size_t start = next_token();
        m_cursor = start + std::string_view(value ? "true" : "false").size();
        if (is_unread(false)) {
            return true;
        }
        Node node;
        node.kind = Node::Kind::boolean;
        node.boolean = value;
        node.text = value ? "true" : "false";
        node.where = m_places.at(start);
        return m_builder.value(std::move(node));
    }

    bool number_integer(number_integer_t /*value*/) override { return number(next_token()); }
    bool number_unsigned(number_unsigned_t /*value*/) override { return number(next_token()); }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
        return number(next_token());
    }

    bool string(string_t& value) override {
        const std::size_t start = next_token();
        if (m_text[start] != '"') {
            return number(start);  // one of our placeholders
        }
        m_cursor = end_of_string(m_text, start);
        if (m_inside != 0) {
            return true;
        }
        Node node;
        node.kind = Node::Kind::text;
        if (!m_skips.value(false)) {
            node.text = std::move(value);
        }
        node.where = m_places.at(start);
        return m_builder.value(std::move(node));
    }

    bool key(string_t& name) override {
        const std::size_t start = next_token();
        if (m_text[start] != '"') {
            m_problems.push_back(
                {m_places.at(start), "is not valid JSON: a key must be a quoted string"});
            return false;
        }
        m_cursor = end_of_string(m_text, start);
        if (m_inside == 0) {
            m_skips.key(name);
            m_builder.key(std::move(name), m_places.at(start));
        }
        return true;
    }

    bool start_object(std::size_t /*elements*/) override { return begin(false); }
    bool start_array(std::size_t /*elements*/) override { return begin(true); }
    bool end_object() override { return end(); }
    bool end_array() override { return end(); }

    bool binary(binary_t& /*value*/) override { return false; }

    bool parse_error(std::size_t position, const std::string& /*last_token*/,
                     const nlohmann::detail::exception& error) override {
        // `position` counts the bytes read; the last of them is the one that was wrong.
        const std::size_t last = std::min(position, m_text.size());
        m_problems.push_back(
            {m_places.at(std::max(m_cursor, last == 0 ? 0 : last - 1)), reason_of(error.what())});
        return false;
    }

    Result<Node> finish(bool parsed) {
        Diagnostics problems = m_builder.problems();
        problems.insert(problems.end(), m_problems.begin(), m_problems.end());
        if (problems.empty() && !parsed) {
            problems.push_back({{m_places.file(), 0, 0}, "is not valid JSON"});
        }
        if (!problems.empty()) {
            return problems;
        }
        return m_builder.take();
    }

private:
    /// Between two events stand only blanks and separators.
    std::size_t next_token() {
        m_cursor = std::min(m_text.find_first_not_of(" \t\r\n,:", m_cursor), m_text.size());
        return m_cursor;
    }

    /// True for a value inside of what is skipped. What is skipped itself is still put into the
    /// tree: a text without its characters, a list or map without its values.
    bool is_unread(bool is_list) {
        if (m_inside == 0) {
            m_skips.value(is_list);
        }
        return m_inside != 0;
    }

    bool begin(bool is_list) {
        const std::size_t start = bracket();
        if (m_inside != 0) {
            ++m_inside;
            return true;
        }
        const bool skipped = m_skips.value(is_list);
        m_skips.begin(is_list);
        m_inside = skipped ? 1 : 0;
        return is_list ? m_builder.begin_list(m_places.at(start))
                       : m_builder.begin_map(m_places.at(start));
    }

    bool end() {
        bracket();
        if (m_inside > 1) {
            --m_inside;
            return true;
        }
        m_inside = 0;
        m_skips.end();
        return m_builder.end();
    }

    std::size_t bracket() {
        const std::size_t start = next_token();
        m_cursor = start + 1;
        return start;
    }

    bool number(std::size_t start) {
        const std::size_t length = length_of_number(m_text, start);
        m_cursor = start + length;
        if (is_unread(false)) {
            return true;
        }
        Node node;
        node.kind = Node::Kind::number;
        node.text = m_text.substr(start, length);
        node.number = parse_number(node.text);
        node.where = m_places.at(start);
        return m_builder.value(std::move(node));
    }

    std::string_view m_text;
    PlaceFinder m_places;
    TreeBuilder m_builder;
    JsonSkips m_skips;
    std::size_t m_inside = 0;  ///< lists and maps that are open in what is skipped
    Diagnostics m_problems;
    std::size_t m_cursor = 0;
};

}  // namespace

Result<Node> parse_json(std::string_view bytes, std::string_view file, DocumentLimits limits) {
    return parse_json_without(bytes, file, limits, {});
}

Result<Node> parse_json_without(std::string_view bytes, std::string_view file,
                                DocumentLimits limits, const std::vector<JsonSkip>& skips) {
    if (bytes.size() > limits.bytes) {
        return Diagnostic{in_file(file), "is larger than the limit of " +
                                             count_of(limits.bytes, "byte", "bytes") +
                                             " for a JSON document"};
    }
    const Result<std::string_view> text = as_text(bytes, file);
    if (!text) {
        return text.problems();
    }
    Reader reader(*text, file, limits, skips);
    const bool parsed =
        nlohmann::json::sax_parse(Prepared(*text, 0), Prepared(*text, text->size()), &reader);
    return reader.finish(parsed);
}

}  // namespace metricgate::support
