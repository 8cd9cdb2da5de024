#include "sources/alpaca_eval.h"

#include <map>
#include <string>
#include <utility>

#include "sources/node_cells.h"
#include "sources/node_text.h"
#include "sources/row_table.h"
#include "sources/short_name.h"
#include "sources/unread_parts.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::NumberKind;

bool is_judgement(const Node* item) {
    return item != nullptr && item->kind == Node::Kind::map &&
           item->find("instruction") != nullptr && item->find("generator_1") != nullptr &&
           item->find("generator_2") != nullptr && item->find("preference") != nullptr;
}

class Reader {
public:
    explicit Reader(const Document& document) : m_table("alpaca_eval", document) {
        m_id = m_table.column("id");
        m_win = m_table.column("win");
        m_tie = m_table.column("tie");
        m_unjudged = m_table.column("unjudged");
    }

    support::Result<RowTable> read(const Document& document) {
        const auto root = log_json(document);
        if (!root) {
            return root.problems();
        }
        for (const Node& item : (*root)->items) {
            add(item);
        }
        if (!m_problems.empty()) {
            return m_problems;
        }
        m_table.is_content(m_table.column("generator_1"));
        m_table.is_content(m_table.column("annotator"));
        return std::move(m_table);
    }

private:
    void add(const Node& item) {
        if (!is_judgement(&item)) {
            m_problems.push_back({item.where,
                                  "wanted a map with `instruction`, `generator_1`, `generator_2` "
                                  "and `preference`"});
            return;
        }
        const std::string data_set = plain_text(item.find("dataset"));
        const std::string instruction = plain_text(item.find("instruction"));
        const auto [seen, fresh] = m_seen.try_emplace({data_set, instruction}, item.where);
        if (!fresh) {
            m_problems.push_back(
                {item.where, "the instruction '" + support::visible(instruction, 60) +
                                 "' stands in line " + std::to_string(seen->second.line) +
                                 " already; keep one judgement of each"});
            return;
        }
        const RowTable::Row row = m_table.add_row(item.where.line);
        put(row, m_id, CellKind::string,
            (data_set.empty() ? "" : data_set + "/") + short_name(instruction), item);
        for (const char* key : {"generator_1", "generator_2", "annotator", "dataset"}) {
            put(row, m_table.column(key), CellKind::string, plain_text(item.find(key)), item);
        }
        put_preference(row, *item.find("preference"));
    }

    void put_preference(RowTable::Row row, const Node& preference) {
        const bool none = preference.kind == Node::Kind::null ||
                          (preference.kind == Node::Kind::number &&
                           preference.number.kind == NumberKind::not_a_number);
        put(row, m_unjudged, CellKind::number, none ? "1" : "0", preference);
        if (none) {
            return;
        }
        const double value = preference.number.value;
        const bool known = preference.kind == Node::Kind::number &&
                           preference.number.kind == NumberKind::finite &&
                           (value == 0.0 || (value >= 1.0 && value <= 2.0));
        if (!known) {
            m_problems.push_back(
                {preference.where, "the preference is " + support::describe_found(preference) +
                                       ", wanted 1 to 2 (1: the reference wins, 2: the model), 0 "
                                       "for a tie, or null"});
            return;
        }
        const bool tie = value == 0.0 || value == 1.5;
        put(row, m_tie, CellKind::number, tie ? "1" : "0", preference);
        put(row, m_win, CellKind::number, support::format_exact(tie ? 0.5 : value - 1.0),
            preference);
    }

    void put(RowTable::Row row, RowTable::Column column, CellKind kind, const std::string& text,
             const Node& at) {
        m_table.put(row, column, {text, kind, at.where.line, at.where.column});
    }

    RowTable m_table;
    RowTable::Column m_id = 0;
    RowTable::Column m_win = 0;
    RowTable::Column m_tie = 0;
    RowTable::Column m_unjudged = 0;
    std::map<std::pair<std::string, std::string>, support::Location> m_seen;
    support::Diagnostics m_problems;
};

}  // namespace

bool is_alpaca_eval(const Document& document) {
    const Node* root = document.json();
    return root != nullptr && root->kind == Node::Kind::list && !root->items.empty() &&
           is_judgement(&root->items.front());
}

support::Result<evidence::Table> read_alpaca_eval(const Document& document,
                                                  const std::vector<ColumnRequest>& columns) {
    const auto table = Reader(document).read(document);
    return table ? table->table(columns) : table.problems();
}

support::Result<Outline> outline_alpaca_eval(const Document& document) {
    const auto table = Reader(document).read(document);
    return table ? table->outline() : table.problems();
}

}  // namespace metricgate::sources
