#include "sources/node_cells.h"

namespace metricgate::sources {

using support::Node;

Cell cell_of(const Node& node) {
    CellKind kind = CellKind::null;
    switch (node.kind) {
        case Node::Kind::null:
            break;
        case Node::Kind::boolean:
            return {node.boolean ? "true" : "false", CellKind::boolean, node.where.line,
                    node.where.column};
        case Node::Kind::number:
            kind = CellKind::number;
            break;
        case Node::Kind::text:
            kind = CellKind::string;
            break;
        case Node::Kind::list:
        case Node::Kind::map:
            kind = CellKind::list;
            break;
    }
    return {node.text, kind, node.where.line, node.where.column};
}

// As deep as the parser lets documents be.
void put_fields(RowTable& table, RowTable::Row row, const std::string& prefix, const Node& map) {
    constexpr std::size_t longest = 200;
    for (const support::Member& member : map.members) {
        const std::string name = prefix + "." + member.key;
        if (member.value.kind == Node::Kind::map) {
            put_fields(table, row, name, member.value);
        } else if (member.value.kind != Node::Kind::list && member.value.text.size() <= longest) {
            table.put(row, table.column(name), cell_of(member.value));
        }
    }
}

}  // namespace metricgate::sources
