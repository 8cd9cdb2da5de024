#include "support/tree_builder.h"

#include <algorithm>
#include <numeric>

#include "support/text.h"

namespace metricgate::support {

bool TreeBuilder::open(Node::Kind kind, Location where) {
    if (m_open.size() >= m_limits.depth) {
        m_problems.push_back({std::move(where), "lists and maps are nested deeper than " +
                                                    count_of(m_limits.depth, "level", "levels")});
        return false;
    }
    if (!count(where)) {
        return false;
    }
    Open opened;
    opened.node.kind = kind;
    opened.node.where = std::move(where);
    m_open.push_back(std::move(opened));
    return true;
}

bool TreeBuilder::end() {
    Node node = std::move(m_open.back().node);
    m_open.pop_back();
    refuse_duplicates(node.members);
    attach(std::move(node));
    return true;
}

bool TreeBuilder::value(Node node) {
    if (!count(node.where)) {
        return false;
    }
    attach(std::move(node));
    return true;
}

void TreeBuilder::key(std::string name, Location where) {
    Open& map = m_open.back();
    map.key.key = std::move(name);
    map.key.where = std::move(where);
    map.has_key = true;
}

bool TreeBuilder::count(const Location& where) {
    if (++m_nodes <= m_limits.nodes) {
        return true;
    }
    m_problems.push_back(
        {where, "the document has more than " + count_of(m_limits.nodes, "value", "values")});
    return false;
}

void TreeBuilder::attach(Node node) {
    if (m_open.empty()) {
        m_root = std::move(node);
        return;
    }
    Open& parent = m_open.back();
    if (parent.node.kind == Node::Kind::list) {
        parent.node.items.push_back(std::move(node));
        return;
    }
    parent.key.value = std::move(node);
    parent.node.members.push_back(std::move(parent.key));
    parent.key = Member();
    parent.has_key = false;
}

/// Sorts references to the keys: a map of any size costs n log n, and the tree no index.
void TreeBuilder::refuse_duplicates(const std::vector<Member>& members) {
    std::vector<std::size_t> order(members.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&members](std::size_t a, std::size_t b) {
        return members[a].key < members[b].key;
    });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const Member& first = members[order[i - 1]];
        const Member& again = members[order[i]];
        if (first.key == again.key) {
            m_problems.push_back(
                {again.where, "key '" + visible(again.key) +
                                  "' stands here for a second time (before: line " +
                                  std::to_string(first.where.line) + "); remove one of the two"});
        }
    }
}

}  // namespace metricgate::support
