// The records of W&B's wandb_internal.proto, as far as history, summary and configuration go.

#include "sources/wandb_offline.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "sources/proto_fields.h"
#include "sources/run_builder.h"
#include "sources/wandb_records.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using Kind = WireField::Kind;

// The fields of a Record.
constexpr std::uint32_t history = 2;
constexpr std::uint32_t summary = 3;
constexpr std::uint32_t config = 5;
constexpr std::uint32_t run_record = 17;
constexpr std::uint32_t exit_record = 18;

bool is_text(std::string_view bytes) {
    return support::find_invalid_utf8(bytes) == std::string_view::npos;
}

/// A value as JSON text. W&B writes NaN and the infinities bare, older versions in quotes.
Node node_of_json(std::string_view json, const support::Location& where) {
    std::string_view text = json;
    if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) {
        text = text.substr(1, text.size() - 2);
        Node inside = node_of(text, where);
        const bool is_number = inside.kind == Node::Kind::number;
        if (is_number && inside.number.kind == support::NumberKind::finite) {
            inside.kind = Node::Kind::text;
        }
        return inside;
    }
    Node node = node_of(text, where);
    if (text == "true" || text == "false") {
        node.kind = Node::Kind::boolean;
        node.boolean = text == "true";
    }
    return node;
}

struct Item {
    std::string name;
    std::string json;
    bool well_formed = true;
};

/// A HistoryItem, SummaryItem or ConfigItem: a key, or the keys that lead to it, and a value.
Item item_of(std::string_view message) {
    constexpr std::uint32_t value_json = 16;
    const ProtoFields fields(message,
                             {{1, Kind::bytes}, {2, Kind::bytes}, {value_json, Kind::bytes}});
    Item item{std::string(fields.text(1)), std::string(fields.text(value_json)),
              !fields.malformed()};
    for (const std::string_view key : fields.all(2)) {
        item.name += (item.name.empty() ? "" : ".") + std::string(key);
    }
    item.well_formed &= is_text(item.name) && is_text(item.json) && !item.name.empty();
    return item;
}

class Log {
public:
    explicit Log(const std::string& source) : m_source(source), m_where(support::in_file(source)) {}

    [[nodiscard]] bool holds_too_much() const {
        return m_budget.exceeded() || m_summary.size() > NameBudget::most ||
               m_builder.run.metadata.size() > NameBudget::most;
    }

    [[nodiscard]] support::Diagnostics too_much() const {
        return {support::problem_in(m_source, m_budget.message())};
    }

    /// False where the record is none of W&B.
    bool add(std::string_view message) {
        const ProtoFields record(message, {{history, Kind::bytes},
                                           {summary, Kind::bytes},
                                           {config, Kind::bytes},
                                           {run_record, Kind::bytes},
                                           {exit_record, Kind::bytes}});
        m_well_formed = !record.malformed();
        if (record.has(history)) {
            add_history(record.text(history));
        } else if (record.has(summary)) {
            add_summary(record.text(summary));
        } else if (record.has(config)) {
            add_config(record.text(config));
        } else if (record.has(run_record)) {
            add_run(record.text(run_record));
        } else if (record.has(exit_record)) {
            const ProtoFields end(record.text(exit_record), {{1, Kind::varint}});
            m_well_formed &= !end.malformed();
            m_exit = static_cast<std::int32_t>(end.integer(1));
        }
        return m_well_formed;
    }

    support::Result<Run> take(bool cut) {
        for (const auto& [name, json] : m_summary) {
            if (m_builder.series().count(name) == 0 && !m_builder.has(name)) {
                m_builder.value(name, node_of_json(json, m_where));
            }
        }
        if (holds_too_much()) {
            return too_much();
        }
        if (cut || !m_exit) {
            m_builder.run.refused = support::problem_in(
                m_source, cut ? "the log ends inside a record: the run was killed, still writes, "
                                "or was not copied whole"
                              : "the run did not say that it ended: it was killed or still runs");
        } else if (*m_exit != 0) {
            m_builder.run.refused = support::problem_in(
                m_source, "the run failed with exit code " + std::to_string(*m_exit));
        }
        return m_builder.take();
    }

private:
    std::vector<Item> items_of(const ProtoFields& fields, std::uint32_t number) {
        std::vector<Item> items;
        for (const std::string_view message : fields.all(number)) {
            items.push_back(item_of(message));
            m_well_formed &= items.back().well_formed;
        }
        return items;
    }

    void add_history(std::string_view message) {
        const ProtoFields fields(message, {{1, Kind::bytes}, {2, Kind::bytes}});
        const ProtoFields step_field(fields.text(2), {{1, Kind::varint}});
        m_well_formed &= !fields.malformed() && !step_field.malformed();
        const std::vector<Item> items = items_of(fields, 1);
        auto step = static_cast<std::int64_t>(step_field.integer(1));
        for (const Item& item : items) {
            if (item.name == "_step") {
                const auto number = support::parse_number(item.json);
                constexpr double most = 9007199254740992.0;  // 2^53
                m_well_formed &= number.kind == support::NumberKind::finite &&
                                 number.value >= 0.0 && number.value <= most;
                step = m_well_formed ? static_cast<std::int64_t>(number.value) : 0;
            }
        }
        for (const Item& item : items) {
            if (!item.name.starts_with('_')) {
                m_builder.point(item.name, node_of_json(item.json, m_where), step);
            }
        }
    }

    void add_summary(std::string_view message) {
        const ProtoFields fields(message, {{1, Kind::bytes}, {2, Kind::bytes}});
        m_well_formed &= !fields.malformed();
        for (const Item& item : items_of(fields, 1)) {
            if (!item.name.starts_with('_')) {
                m_summary[item.name] = item.json;
            }
        }
        for (const Item& item : items_of(fields, 2)) {
            m_summary.erase(item.name);
        }
    }

    void add_config(std::string_view message) {
        const ProtoFields fields(message, {{1, Kind::bytes}, {2, Kind::bytes}});
        m_well_formed &= !fields.malformed();
        for (const Item& item : items_of(fields, 1)) {
            if (!item.name.starts_with('_')) {
                m_builder.run.metadata["config." + item.name] = item.json;
            }
        }
        for (const Item& item : items_of(fields, 2)) {
            m_builder.run.metadata.erase("config." + item.name);
        }
    }

    void add_run(std::string_view message) {
        const ProtoFields fields(
            message, {{1, Kind::bytes}, {3, Kind::bytes}, {4, Kind::bytes}, {8, Kind::bytes}});
        m_well_formed &= !fields.malformed() && is_text(fields.text(1)) &&
                         is_text(fields.text(3)) && is_text(fields.text(8));
        for (const auto& [number, name] :
             {std::pair(1U, "run_id"), std::pair(3U, "project"), std::pair(8U, "display_name")}) {
            if (!fields.text(number).empty()) {
                m_builder.run.metadata[name] = std::string(fields.text(number));
            }
        }
        m_builder.run.name = std::string(fields.text(1));
        add_config(fields.text(4));
    }

    const std::string& m_source;
    support::Location m_where;
    NameBudget m_budget;
    RunBuilder m_builder{m_budget};
    std::map<std::string, std::string> m_summary;
    std::optional<std::int32_t> m_exit;
    bool m_well_formed = true;
};

}  // namespace

support::Result<Run> read_wandb_log(std::string_view bytes, const std::string& source) {
    if (!begins_as_wandb_log(bytes)) {
        return support::problem_in(source, "is no log of W&B: it does not begin with its mark");
    }
    Log log(source);
    WandbRecords records(bytes);
    for (std::size_t read = 0;; ++read) {
        const auto next = records.next();
        const std::string place = "the record at byte " + std::to_string(records.offset());
        switch (next) {
            case WandbRecords::Next::record:
                if (!log.add(records.record())) {
                    return support::problem_in(source, place + " is no record of W&B");
                }
                if (log.holds_too_much()) {
                    return log.too_much();
                }
                break;
            case WandbRecords::Next::end:
                return log.take(false);
            case WandbRecords::Next::cut:
                if (read == 0) {
                    return support::problem_in(source, "ends inside its first record");
                }
                return log.take(true);
            case WandbRecords::Next::damaged:
                return support::problem_in(source,
                                           "the checksum of " + place + " is wrong: it is damaged");
        }
    }
}

bool is_wandb_log(const Document& document) {
    return !document.is_folder() && begins_as_wandb_log(document.bytes().view());
}

support::Result<Recording> read_wandb_offline(const Document& document) {
    if (document.is_folder()) {
        return support::problem_in(document.source(), "is a folder; name one run-ID.wandb");
    }
    auto run = read_wandb_log(document.bytes().view(), document.source());
    if (!run.ok()) {
        return run.problems();
    }
    run->name.clear();
    return Recording{document.source(), {std::move(*run)}};
}

}  // namespace metricgate::sources
