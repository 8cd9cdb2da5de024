#include <algorithm>
#include <array>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "support/files.h"
#include "support/node.h"
#include "support/place_finder.h"
#include "support/text.h"
#include "support/tree_builder.h"

namespace metricgate::support {

namespace {

/// Thrown from a handler to stop the library's parser; caught in `parse_yaml` and nowhere else.
struct Refusal {
    Diagnostics problems;
};

/// YAML's own words for non-finite numbers, which `parse_number` does not know.
ParsedNumber parse_yaml_number(std::string_view text) {
    std::string_view unsigned_text = text;
    if (text.starts_with('-') || text.starts_with('+')) {
        unsigned_text.remove_prefix(1);
    }
    if (text == ".nan" || text == ".NaN" || text == ".NAN") {
        return {NumberKind::not_a_number, 0.0};
    }
    if (unsigned_text == ".inf" || unsigned_text == ".Inf" || unsigned_text == ".INF") {
        return {
            text.starts_with('-') ? NumberKind::negative_infinity : NumberKind::positive_infinity,
            0.0};
    }
    return parse_number(text);
}

Node plain_node(const std::string& text, Location where) {
    Node node;
    node.where = std::move(where);
    node.text = text;
    node.number = parse_yaml_number(text);
    if (node.number.kind != NumberKind::malformed) {
        node.kind = Node::Kind::number;
    } else if (text == "true" || text == "false") {
        node.kind = Node::Kind::boolean;
        node.boolean = text == "true";
    } else {
        node.kind = Node::Kind::text;
    }
    return node;
}

/// Behind the quote that closes the one at `opening`, or npos. The library closes a quote that the
/// file leaves open, so the closing one is looked for here.
std::size_t end_of_quoted(std::string_view text, std::size_t opening) {
    const char quote = text[opening];
    for (std::size_t at = opening + 1; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (text[at] == quote) {
            if (quote == '"' || at + 1 == text.size() || text[at + 1] != quote) {
                return at + 1;
            }
            ++at;  // '' is a quote inside single quotes
        }
    }
    return std::string_view::npos;
}

class Handler final : public YAML::EventHandler {
public:
    Handler(std::string_view text, std::string_view file, DocumentLimits limits)
        : m_text(text), m_places(text, file), m_builder(limits) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (m_documents++ > 0) {
            refuse(place(mark), "a second document starts here; a file holds one");
        }
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        check_properties(mark, "?", anchor);
        if (m_builder.expects_key()) {
            refuse(place(mark),
                   "a key is missing here, or is null; write a name, quoted if need be");
        }
        if (m_builder.pending_key() == nullptr && (byte_at(mark) == ',' || byte_at(mark) == ']')) {
            refuse(place(mark), "an entry is missing in this list");
        }
        // An empty value has no place of its own: the mark is the next token's.
        const Location* key = m_builder.pending_key();
        Node node;
        node.where = key != nullptr && !stands_null_at(mark) ? *key : place(mark);
        require(m_builder.value(std::move(node)));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuse(place(mark), "an alias (*name) is not supported; write the value out");
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        check_properties(mark, tag, anchor);
        const bool plain = tag == "?";
        if (!plain) {
            check_quotes(mark);
        }
        if (m_builder.expects_key()) {
            if (plain && value == "<<") {
                refuse(place(mark), "a merge key (<<) is not supported; write the keys out");
            }
            m_builder.key(value, place(mark));
            return;
        }
        Node node;
        if (plain) {
            node = plain_node(value, place(mark));
        } else {
            node.kind = Node::Kind::text;
            node.text = value;
            node.where = place(mark);
        }
        require(m_builder.value(std::move(node)));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        check_properties(mark, tag, anchor);
        refuse_as_key(mark, "a list");
        require(m_builder.begin_list(place(mark)));
    }
    void OnSequenceEnd() override { require(m_builder.end()); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        check_properties(mark, tag, anchor);
        refuse_as_key(mark, "a map");
        require(m_builder.begin_map(place(mark)));
    }
    void OnMapEnd() override { require(m_builder.end()); }

    void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override {
        refuse(place(mark), anchor_message);
    }

    [[nodiscard]] Location place(const YAML::Mark& mark) const {
        if (mark.is_null()) {
            return {m_places.file(), 0, 0};
        }
        return {m_places.file(), static_cast<std::uint32_t>(mark.line + 1),
                static_cast<std::uint32_t>(mark.column + 1)};
    }

    [[nodiscard]] const Diagnostics& problems() const { return m_builder.problems(); }

    Result<Node> finish() {
        if (!problems().empty()) {
            return problems();
        }
        if (m_documents == 0) {
            return Diagnostic{{m_places.file(), 0, 0},
                              "holds no document, only comments or blanks"};
        }
        Node root = m_builder.take();
        if (root.kind == Node::Kind::null) {
            return Diagnostic{{m_places.file(), 0, 0}, "holds an empty document"};
        }
        return root;
    }

private:
    static constexpr const char* anchor_message =
        "an anchor (&name) is not supported; write the value out where it is needed";

    [[noreturn]] void refuse(Location where, std::string message) const {
        Diagnostics all = problems();
        all.push_back({std::move(where), std::move(message)});
        throw Refusal{std::move(all)};
    }

    void require(bool accepted) const {
        if (!accepted) {
            throw Refusal{problems()};
        }
    }

    /// Tags are seen in the text as well: the library hands an explicit `!` on as it would a quote.
    void check_properties(const YAML::Mark& mark, const std::string& tag,
                          YAML::anchor_t anchor) const {
        const char first = byte_at(mark);
        if (anchor != 0 || first == '&') {
            refuse(place(mark), anchor_message);
        }
        if ((tag != "?" && tag != "!" && !tag.empty()) || first == '!') {
            refuse(place(mark), "a tag (!name) is not supported; write the plain value");
        }
    }

    /// A quoted scalar must end in the file, and not run into a comment.
    void check_quotes(const YAML::Mark& mark) const {
        const char first = byte_at(mark);
        if (first != '"' && first != '\'') {
            return;  // a block scalar
        }
        const std::size_t end = end_of_quoted(m_text, offset(mark));
        if (end == std::string_view::npos) {
            refuse(place(mark), "a quote opens here that is never closed");
        }
        if (end < m_text.size() && m_text[end] == '#') {
            refuse(place(mark), "a comment needs a blank before its #");
        }
    }

    void refuse_as_key(const YAML::Mark& mark, const std::string& what) const {
        if (m_builder.expects_key()) {
            refuse(place(mark),
                   what +
                       " stands where a key should be, or a bracket or quote before it is never "
                       "closed; write a name, or close it");
        }
    }

    static std::size_t offset(const YAML::Mark& mark) {
        return mark.pos < 0 ? std::string_view::npos : static_cast<std::size_t>(mark.pos);
    }

    [[nodiscard]] char byte_at(const YAML::Mark& mark) const {
        return offset(mark) < m_text.size() ? m_text[offset(mark)] : '\0';
    }

    [[nodiscard]] bool stands_null_at(const YAML::Mark& mark) const {
        constexpr std::array<std::string_view, 4> nulls = {"~", "null", "Null", "NULL"};
        const std::string_view rest = m_text.substr(std::min(offset(mark), m_text.size()));
        return std::any_of(nulls.begin(), nulls.end(),
                           [rest](std::string_view null) { return rest.starts_with(null); });
    }

    std::string_view m_text;
    PlaceFinder m_places;
    TreeBuilder m_builder;
    std::size_t m_documents = 0;
};

/// Bytes that YAML forbids; the library takes 0x04 for the end of the file and drops the rest. A
/// carriage return must belong to a line end, or lines would be counted differently from here on.
/// Directives at the end of a file would go by unnoticed.
Result<Done> check_bytes(std::string_view text, std::string_view file) {
    PlaceFinder places(text, file);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte == '\r' && (at + 1 == text.size() || text[at + 1] != '\n')) {
            return Diagnostic{places.at(at),
                              "a carriage return without a line feed; use \\n or "
                              "\\r\\n line ends"};
        }
        if (byte == '%' && (at == 0 || text[at - 1] == '\n')) {
            return Diagnostic{places.at(at), "a directive (%) is not supported; remove the line"};
        }
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f) {
            return Diagnostic{places.at(at), "control character '" + visible(text.substr(at, 1)) +
                                                 "'; remove it, or write it escaped in double "
                                                 "quotes"};
        }
    }
    return Done{};
}

}  // namespace

Result<Node> parse_yaml(std::string_view bytes, std::string_view file, DocumentLimits limits) {
    if (bytes.size() > limits.bytes) {
        return Diagnostic{in_file(file), "is larger than the limit of " +
                                             count_of(limits.bytes, "byte", "bytes") +
                                             " for a YAML document"};
    }
    const Result<std::string_view> text = as_text(bytes, file);
    if (!text) {
        return text.problems();
    }
    if (const Result<Done> checked = check_bytes(*text, file); !checked) {
        return checked.problems();
    }
    Handler handler(*text, file, limits);
    try {
        std::istringstream stream{std::string(*text)};
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(handler)) {
        }
    } catch (const Refusal& refusal) {
        return refusal.problems;
    } catch (const YAML::Exception& error) {
        Diagnostics problems = handler.problems();
        problems.push_back({handler.place(error.mark), "is not valid YAML: " + error.msg});
        return problems;
    }
    return handler.finish();
}

std::optional<Diagnostic> find_cut_end(std::string_view yaml, std::string_view file) {
    if (yaml.empty() || yaml.back() == '\n' || yaml.back() == '\r') {
        return std::nullopt;
    }
    return Diagnostic{
        in_file(file),
        "the last line has no line end, so the file may be cut short; write it again, "
        "or end it with a line end if it is whole"};
}

}  // namespace metricgate::support
