#include "sources/node_text.h"

#include <cmath>

namespace metricgate::sources {

using support::Node;

const Node* member_of(const Node* map, std::string_view key, Node::Kind kind) {
    if (map == nullptr || map->kind != Node::Kind::map) {
        return nullptr;
    }
    const Node* found = map->find(key);
    return found != nullptr && found->kind == kind ? found : nullptr;
}

std::string plain_text(const Node* node) {
    if (node == nullptr) {
        return "";
    }
    switch (node->kind) {
        case Node::Kind::boolean:
            return node->boolean ? "true" : "false";
        case Node::Kind::number:
        case Node::Kind::text:
            return node->text;
        case Node::Kind::null:
        case Node::Kind::list:
        case Node::Kind::map:
            return "";
    }
    return "";
}

std::optional<std::uint64_t> whole_number(const Node* node) {
    constexpr double most = 9007199254740992.0;  // 2^53
    const bool counts = node != nullptr && node->kind == Node::Kind::number &&
                        node->number.kind == support::NumberKind::finite &&
                        node->number.value >= 0.0 && node->number.value <= most &&
                        std::floor(node->number.value) == node->number.value;
    return counts ? std::optional(static_cast<std::uint64_t>(node->number.value)) : std::nullopt;
}

}  // namespace metricgate::sources
