#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostic.h"
#include "support/number.h"
#include "support/result.h"

namespace metricgate::support {

struct Member;

/// One value of a YAML or JSON document with the place it was written at. Both parsers give the
/// same tree, so that everything above reads policies and metric files in one way.
struct Node {
    enum class Kind { null, boolean, number, text, list, map };

    Kind kind = Kind::null;
    Location where;
    std::string text;     ///< number, boolean and text: the characters as written, unescaped
    ParsedNumber number;  ///< number: always finite, or one of the recognised non-finite tokens
    bool boolean = false;
    std::vector<Node> items;      ///< list
    std::vector<Member> members;  ///< map, in document order, keys unique

    /// The member called `key`, or null.
    [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Member {
    std::string key;
    Location where;  ///< of the key
    Node value;
};

/// "a list", "the number 5", "the text 'abc'": how a message names what was found.
std::string describe_found(const Node& node);

struct DocumentLimits {
    std::size_t bytes = std::size_t{1} << 20;
    std::size_t depth = 32;
    std::size_t nodes = 2'000'000;
};

/// The strict YAML subset: one document, UTF-8, no anchors, aliases, tags, directives, merge keys
/// or duplicate keys. A plain scalar is a number when `parse_number` says so (finite, out of range
/// and
/// `.nan`/`.inf` forms get their kind), `true`/`false` exactly are booleans, `null` (Null, NULL),
/// `~` and nothing are null, all else is text; quoted scalars are text. An empty document is an
/// error.
Result<Node> parse_yaml(std::string_view bytes, std::string_view file, DocumentLimits limits = {});

/// What is wrong with YAML that may have lost its end: where the last line has no line end, `0.95`
/// cut to `0.9` would be read as if it were whole, and so would a list without its last entry.
/// Nothing when the text ends with a line end.
std::optional<Diagnostic> find_cut_end(std::string_view yaml, std::string_view file);

/// Strict JSON (RFC 8259): UTF-8, no duplicate keys after unescaping, nothing after the value. Bare
/// NaN, Infinity, -Infinity, -NaN are numbers of their kind. Numbers that a double cannot hold
/// become `NumberKind::out_of_range` nodes, so that only the reader that uses them complains.
Result<Node> parse_json(std::string_view bytes, std::string_view file,
                        DocumentLimits limits = {std::size_t{16} << 20, 64, 2'000'000});

}  // namespace metricgate::support
