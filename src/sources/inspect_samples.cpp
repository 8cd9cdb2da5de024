#include "sources/inspect_samples.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "sources/inspect_log.h"
#include "sources/node_cells.h"
#include "sources/node_digest.h"
#include "sources/node_text.h"
#include "sources/row_table.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Done;
using support::Node;

/// What a score is worth, by inspect's own `value_to_float`. Its NaN says that a sample was not
/// scored.
Cell score_cell(const Node& value) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> worth = {
        {{"C", "1"},
         {"P", "0.5"},
         {"I", "0"},
         {"N", "0"},
         {"yes", "1"},
         {"true", "1"},
         {"no", "0"},
         {"false", "0"}}};
    Cell cell = cell_of(value);
    if (value.kind == Node::Kind::number &&
        value.number.kind == support::NumberKind::not_a_number) {
        return {{}, CellKind::null, cell.line, cell.column};
    }
    if (value.kind == Node::Kind::boolean || value.kind == Node::Kind::text) {
        std::string lower(cell.text);
        for (char& byte : lower) {
            byte = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
        }
        const auto found = std::find_if(worth.begin(), worth.end(), [&](const auto& each) {
            return each.first == cell.text || (each.first.size() > 1 && each.first == lower);
        });
        if (found != worth.end()) {
            cell.text = found->second;
            cell.kind = CellKind::number;
        } else if (support::parse_number(cell.text).kind == support::NumberKind::finite) {
            cell.kind = CellKind::number;
        }
    }
    return cell;
}

class Reader {
public:
    explicit Reader(const Document& document) : m_table("inspect_ai", document) {
        m_id = m_table.column("id");
        m_sample = m_table.column("sample");
        m_epoch = m_table.column("epoch");
        m_failed = m_table.column("failed");
        m_input = m_table.column("input digest");
        m_target = m_table.column("target digest");
    }

    support::Result<RowTable> read(const Document& document) {
        const auto log = InspectLog::open(document);
        if (!log) {
            return log.problems();
        }
        if (const auto refusal = log->refusal()) {
            return *refusal;
        }
        m_epochs = epochs_of(log->header());
        const auto done = log->each_sample([this](const Node& sample) { return add(sample); });
        if (!done) {
            return done.problems();
        }
        if (m_samples.size() < m_table.rows()) {
            m_table.is_group(m_sample);
        }
        m_table.is_content(m_input);
        m_table.is_content(m_target);
        return std::move(m_table);
    }

private:
    static bool epochs_of(const Node& header) {
        const Node* config =
            member_of(member_of(&header, "eval", Node::Kind::map), "config", Node::Kind::map);
        const auto epochs = whole_number(config == nullptr ? nullptr : config->find("epochs"));
        return epochs && *epochs > 1;
    }

    support::Result<Done> add(const Node& sample) {
        const Node* id = sample.kind == Node::Kind::map ? sample.find("id") : nullptr;
        const Node* epoch = sample.kind == Node::Kind::map ? sample.find("epoch") : nullptr;
        const std::string name = plain_text(id);
        if (name.empty() || !whole_number(epoch)) {
            return support::Diagnostic{sample.where,
                                       "a sample needs an `id` and its `epoch`, a whole number"};
        }
        const auto [seen, fresh] = m_seen.try_emplace({name, epoch->text}, sample.where);
        if (!fresh) {
            return support::Diagnostic{
                id->where, "the sample '" + support::visible(name) + "' of epoch " + epoch->text +
                               " stands twice, see " + support::describe(seen->second)};
        }
        m_samples.insert(name);
        const RowTable::Row row = m_table.add_row(sample.where.line);
        const std::string label = m_epochs ? name + "/" + epoch->text : name;
        m_table.put(row, m_id, text_cell(label, sample));
        m_table.put(row, m_sample, text_cell(name, sample));
        m_table.put(row, m_epoch, cell_of(*epoch));
        const Node* error = sample.find("error");
        const bool failed = error != nullptr && error->kind != Node::Kind::null;
        m_table.put(row, m_failed,
                    {failed ? "1" : "0", CellKind::number, sample.where.line, sample.where.column});
        put_digest(row, m_input, sample.find("input"), sample);
        put_digest(row, m_target, sample.find("target"), sample);
        if (const Node* scores = member_of(&sample, "scores", Node::Kind::map)) {
            put_scores(row, *scores);
        }
        if (const Node* metadata = member_of(&sample, "metadata", Node::Kind::map)) {
            put_fields(m_table, row, "metadata", *metadata);
        }
        for (const char* key : {"total_time", "working_time"}) {
            if (const Node* value = member_of(&sample, key, Node::Kind::number)) {
                m_table.put(row, m_table.column(key), cell_of(*value));
            }
        }
        return Done{};
    }

    void put_scores(RowTable::Row row, const Node& scores) {
        for (const support::Member& score : scores.members) {
            const Node* value =
                score.value.kind == Node::Kind::map ? score.value.find("value") : nullptr;
            if (value == nullptr) {
                continue;
            }
            if (value->kind != Node::Kind::map) {
                m_table.put(row, m_table.column(score.key), score_cell(*value));
                continue;
            }
            for (const support::Member& part : value->members) {
                m_table.put(row, m_table.column(score.key + "." + part.key),
                            score_cell(part.value));
            }
        }
    }

    static Cell text_cell(const std::string& text, const Node& at) {
        return {text, CellKind::string, at.where.line, at.where.column};
    }

    /// Messages get a new `id` in every run.
    void put_digest(RowTable::Row row, RowTable::Column column, const Node* value,
                    const Node& sample) {
        if (value != nullptr) {
            m_table.put(row, column, text_cell(digest_of(*value, {"id"}), sample));
        }
    }

    RowTable m_table;
    RowTable::Column m_id = 0;
    RowTable::Column m_sample = 0;
    RowTable::Column m_epoch = 0;
    RowTable::Column m_failed = 0;
    RowTable::Column m_input = 0;
    RowTable::Column m_target = 0;
    bool m_epochs = false;
    std::set<std::string> m_samples;
    std::map<std::pair<std::string, std::string>, support::Location> m_seen;
};

}  // namespace

support::Result<evidence::Table> read_inspect_samples(const Document& document,
                                                      const std::vector<ColumnRequest>& columns) {
    const auto table = Reader(document).read(document);
    return table ? table->table(columns) : table.problems();
}

support::Result<Outline> outline_inspect_samples(const Document& document) {
    const auto table = Reader(document).read(document);
    return table ? table->outline() : table.problems();
}

}  // namespace metricgate::sources
