#pragma once

#include <cmath>
#include <set>

#include "fuzz/target.h"
#include "support/node.h"

namespace metricgate::fuzz {

/// What holds for every tree that a document was read into.
inline void check_tree(const support::Node& node, std::size_t depth, std::string_view text) {
    using Kind = support::Node::Kind;
    require(depth > 0, "no deeper than the limit");
    require(node.where.line <= text.size() + 1 && node.where.column <= text.size() + 1,
            "a place within the text");
    require(node.kind != Kind::number || node.number.kind != support::NumberKind::malformed,
            "a number is one", node.text);
    require(node.number.kind != support::NumberKind::finite || std::isfinite(node.number.value),
            "a finite number is finite", node.text);
    require(node.items.empty() || node.kind == Kind::list, "only lists have items");
    require(node.members.empty() || node.kind == Kind::map, "only maps have members");
    std::set<std::string_view> keys;
    for (const support::Member& member : node.members) {
        require(keys.insert(member.key).second, "no key stands twice", member.key);
        check_tree(member.value, depth - 1, text);
    }
    for (const support::Node& item : node.items) {
        check_tree(item, depth - 1, text);
    }
}

}  // namespace metricgate::fuzz
