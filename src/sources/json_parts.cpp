#include "sources/json_parts.h"

#include <array>

#include "support/hash.h"

namespace metricgate::sources {

using support::Node;

const Node* part(const Node* node, std::string_view key, Node::Kind kind) {
    const Node* found =
        node != nullptr && node->kind == Node::Kind::map ? node->find(key) : nullptr;
    return found != nullptr && found->kind == kind ? found : nullptr;
}

const Node* map_in(const Node* node, std::string_view key) {
    return part(node, key, Node::Kind::map);
}

const Node* list_in(const Node* node, std::string_view key) {
    return part(node, key, Node::Kind::list);
}

const Node* text_in(const Node* node, std::string_view key) {
    return part(node, key, Node::Kind::text);
}

std::string text_of(const Node* node) {
    if (node == nullptr) {
        return "";
    }
    switch (node->kind) {
        case Node::Kind::text:
        case Node::Kind::number:
            return node->text;
        case Node::Kind::boolean:
            return node->boolean ? "true" : "false";
        case Node::Kind::null:
        case Node::Kind::list:
        case Node::Kind::map:
            return "";
    }
    return "";
}

void take_condition(evidence::Conditions& conditions, const std::string& condition,
                    const Node* node, std::string_view key) {
    if (node == nullptr || node->kind != Node::Kind::map) {
        return;
    }
    if (std::string text = text_of(node->find(key)); !text.empty()) {
        conditions[condition] = std::move(text);
    }
}

void take_host(evidence::Conditions& conditions, const Node* node, std::string_view key) {
    const Node* name = text_in(node, key);
    if (name == nullptr || name->text.empty()) {
        return;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::uint64_t hash = support::hash64(name->text);
    std::string digest;
    for (int i = 0; i < 8; ++i, hash >>= 4) {
        digest += digits[hash & 15];
    }
    conditions["host"] = digest;
}

support::Diagnostic not_this(const Document& document, std::string_view what,
                             std::string_view wanted) {
    return support::problem_in(
        document.source(), "this is not " + std::string(what) + "; wanted " + std::string(wanted));
}

}  // namespace metricgate::sources
