#include "sources/answer_fields.h"

#include <charconv>

namespace metricgate::sources {

using support::Node;

std::optional<std::int64_t> integer_of(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && rest == end ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> integer_of(const Node* node) {
    if (node == nullptr || (node->kind != Node::Kind::number && node->kind != Node::Kind::text)) {
        return std::nullopt;
    }
    return integer_of(node->text);
}

std::string field_text(const Node& map, std::string_view key) {
    const Node* found = map.find(key);
    const bool has_text =
        found != nullptr && (found->kind == Node::Kind::text || found->kind == Node::Kind::number ||
                             found->kind == Node::Kind::boolean);
    return has_text ? found->text : "";
}

support::ParsedNumber field_value(const Node* node) {
    if (node == nullptr) {
        return {};
    }
    if (node->kind == Node::Kind::number) {
        return node->number;
    }
    return node->kind == Node::Kind::text ? support::parse_number(node->text)
                                          : support::ParsedNumber{};
}

}  // namespace metricgate::sources
