#include "sources/node_digest.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "support/hash.h"

namespace metricgate::sources {

namespace {

using support::Node;

/// Lengths before texts, so that no text can stand for a structure.
void append_text(std::string_view text, std::string& out) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
}

// As deep as the parser lets documents be.
void append(const Node& node, std::initializer_list<std::string_view> skipped, std::string& out) {
    switch (node.kind) {
        case Node::Kind::null:
            out += 'z';
            return;
        case Node::Kind::boolean:
            out += node.boolean ? 't' : 'f';
            return;
        case Node::Kind::number:
            out += 'n';
            append_text(node.number.kind == support::NumberKind::finite
                            ? support::format_exact(node.number.value)
                            : node.text,
                        out);
            return;
        case Node::Kind::text:
            out += 's';
            append_text(node.text, out);
            return;
        case Node::Kind::list:
            out += '[';
            for (const Node& item : node.items) {
                append(item, skipped, out);
            }
            out += ']';
            return;
        case Node::Kind::map:
            break;
    }
    std::vector<const support::Member*> members;
    for (const support::Member& member : node.members) {
        if (std::find(skipped.begin(), skipped.end(), member.key) == skipped.end()) {
            members.push_back(&member);
        }
    }
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return a->key < b->key; });
    out += '{';
    for (const support::Member* member : members) {
        append_text(member->key, out);
        append(member->value, skipped, out);
    }
    out += '}';
}

}  // namespace

std::string digest_of(const Node& node, std::initializer_list<std::string_view> skipped) {
    std::string text;
    append(node, skipped, text);
    std::uint64_t hash = support::hash64(text);
    std::string digits(16, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        *digit = "0123456789abcdef"[hash & 15U];
        hash >>= 4U;
    }
    return digits;
}

}  // namespace metricgate::sources
