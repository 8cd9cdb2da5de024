#pragma once

#include <vector>

#include "support/node.h"

namespace metricgate::support {

/// Puts a document together from a parser's events, and keeps its limits: depth, number of nodes,
/// no key twice in one map. Both parsers share it, so that their documents obey the same rules.
class TreeBuilder {
public:
    explicit TreeBuilder(DocumentLimits limits) : m_limits(limits) {}

    // Each event is false when the document has to be given up; `problems` then says why.
    bool begin_list(Location where) { return open(Node::Kind::list, std::move(where)); }
    bool begin_map(Location where) { return open(Node::Kind::map, std::move(where)); }
    bool end();
    bool value(Node node);
    void key(std::string name, Location where);

    /// True where the next event must be a key.
    [[nodiscard]] bool expects_key() const {
        return !m_open.empty() && m_open.back().node.kind == Node::Kind::map &&
               !m_open.back().has_key;
    }
    /// The place of the key whose value comes next, or null.
    [[nodiscard]] const Location* pending_key() const {
        return !m_open.empty() && m_open.back().has_key ? &m_open.back().key.where : nullptr;
    }

    [[nodiscard]] const Diagnostics& problems() const { return m_problems; }
    /// The document, once all is closed.
    [[nodiscard]] Node take() { return std::move(m_root); }

private:
    struct Open {
        Node node;
        Member key;  ///< without its value
        bool has_key = false;
    };

    bool open(Node::Kind kind, Location where);
    bool count(const Location& where);
    void attach(Node node);
    void refuse_duplicates(const std::vector<Member>& members);

    DocumentLimits m_limits;
    std::size_t m_nodes = 0;
    std::vector<Open> m_open;
    Node m_root;
    Diagnostics m_problems;
};

}  // namespace metricgate::support
