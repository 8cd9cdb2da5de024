#include "sources/openai_evals.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sources/input_problems.h"
#include "sources/json_line_reader.h"
#include "sources/row_table.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::NumberKind;

constexpr std::string_view report_prefix = "final_report.";
constexpr std::string_view data_prefix = "data.";

/// The leaves of one line by their path.
class Line {
public:
    explicit Line(const JsonLines& objects) : m_objects(objects) {}

    [[nodiscard]] const std::string& key(const JsonLines::Leaf& leaf) const {
        return m_objects.keys()[leaf.key];
    }
    [[nodiscard]] const JsonLines::Leaf* find(std::string_view path) const {
        for (const JsonLines::Leaf& leaf : m_objects.leaves()) {
            if (key(leaf) == path) {
                return &leaf;
            }
        }
        return nullptr;
    }
    [[nodiscard]] std::string text(std::string_view path) const {
        const JsonLines::Leaf* leaf = find(path);
        return leaf == nullptr ? std::string() : std::string(leaf->text);
    }
    [[nodiscard]] bool is_report() const {
        return std::any_of(
            m_objects.leaves().begin(), m_objects.leaves().end(),
            [&](const JsonLines::Leaf& leaf) { return key(leaf).starts_with(report_prefix); });
    }

private:
    const JsonLines& m_objects;
};

/// Both readers go over all lines: events that were held back are written behind the final report.
class Reader {
public:
    explicit Reader(const Document& document)
        : m_source(document.source()),
          m_problems(document.source()),
          m_table("openai_evals", document) {
        m_id = m_table.column("id");
    }

    support::Diagnostics read(std::string_view text) {
        JsonLines objects;
        JsonLineReader lines(text, m_problems);
        while (!m_problems.full() && lines.next(objects)) {
            const Line line(objects);
            if (lines.line() == 1) {
                read_spec(line);
            } else if (line.find("spec.run_id") != nullptr) {
                m_problems.add(lines.line(), 1,
                               "a second run begins here (`spec`); keep one run a file");
            } else if (line.is_report()) {
                read_report(objects, line, lines.line());
            } else if (const JsonLines::Leaf* type = line.find("type")) {
                read_event(objects, line, type->text, lines.line());
            }
        }
        if (m_problems.empty() && !m_reported) {
            m_problems.add(0, 0,
                           "there is no `final_report`: the run did not end, or the file is cut "
                           "short");
        }
        return m_problems.empty() ? support::Diagnostics() : m_problems.take();
    }

    RowTable& table() noexcept { return m_table; }
    Run& run() noexcept { return m_run; }

private:
    void read_spec(const Line& line) {
        for (const char* key : {"eval_name", "base_eval", "split"}) {
            const std::string text = line.text(std::string("spec.") + key);
            if (!text.empty()) {
                m_run.conditions.emplace(key, text);
            }
        }
    }

    void read_report(const JsonLines& objects, const Line& line, std::uint32_t number) {
        if (m_reported) {
            m_problems.add(number, 1, "a second `final_report`; keep one run a file");
            return;
        }
        m_reported = true;
        std::optional<support::ParsedNumber> error;
        for (const JsonLines::Leaf& leaf : objects.leaves()) {
            if (!line.key(leaf).starts_with(report_prefix)) {
                continue;
            }
            const std::string name = line.key(leaf).substr(report_prefix.size());
            evidence::Entry entry;
            entry.name = name;
            entry.where = support::in_file(m_source, number, leaf.column);
            evidence::Scalar scalar;
            scalar.value = leaf.kind == CellKind::number ? support::parse_number(leaf.text)
                                                         : support::ParsedNumber{};
            const bool out_of_range = scalar.value.kind == NumberKind::out_of_range;
            if (leaf.kind != CellKind::number || out_of_range) {
                entry.flaw = support::Diagnostic{
                    entry.where, "'" + support::visible(name) +
                                     "' holds no number that a 64-bit float can hold"};
            }
            // The key was spelt so for years.
            if (name == "boostrap_std" || name == "bootstrap_std") {
                error = scalar.value;
            }
            entry.evidence = scalar;
            m_run.entries.push_back(std::move(entry));
        }
        for (evidence::Entry& entry : m_run.entries) {
            if (entry.name == "accuracy" && error) {
                std::get<evidence::Scalar>(entry.evidence).standard_error = error;
            }
        }
    }

    void read_event(const JsonLines& objects, const Line& line, std::string_view type,
                    std::uint32_t number) {
        if (type != "match" && type != "metrics") {
            return;
        }
        const std::string id = line.text("sample_id");
        if (id.empty()) {
            m_problems.add(number, 1, "this record has no `sample_id`");
            return;
        }
        const auto [row, fresh] = m_rows.try_emplace(id, 0);
        if (fresh) {
            row->second = m_table.add_row(number);
            m_table.put(row->second, m_id, {id, CellKind::string, number, 0});
        }
        for (const JsonLines::Leaf& leaf : objects.leaves()) {
            if (!line.key(leaf).starts_with(data_prefix) || leaf.kind == CellKind::list) {
                continue;
            }
            const std::string name = line.key(leaf).substr(data_prefix.size());
            const bool wanted =
                type == "metrics" || name == "correct" || name == "expected" || name == "picked";
            if (wanted) {
                put(row->second, name, leaf, number);
            }
        }
    }

    void put(RowTable::Row row, const std::string& name, const JsonLines::Leaf& leaf,
             std::uint32_t number) {
        const RowTable::Column column = m_table.column(name);
        if (column == m_id || m_table.has(row, column)) {
            m_problems.add(number, leaf.column,
                           "a second '" + support::visible(name) + "' of the sample '" +
                               support::visible(m_table.text_of(row, m_id)) +
                               "', which stands in line " + std::to_string(m_table.line_of(row)) +
                               " already");
            return;
        }
        Cell cell{leaf.text, leaf.kind, number, leaf.column};
        if (leaf.kind == CellKind::boolean) {
            cell.kind = CellKind::number;
            cell.text = leaf.text == "true" ? "1" : "0";
        }
        m_table.put(row, column, cell);
    }

    std::string m_source;
    InputProblems m_problems;
    RowTable m_table;
    RowTable::Column m_id = 0;
    std::map<std::string, RowTable::Row> m_rows;
    Run m_run;
    bool m_reported = false;
};

support::Result<RowTable> read_rows(const Document& document) {
    const auto text = document.require_text();
    if (!text) {
        return text.problems();
    }
    Reader reader(document);
    if (auto problems = reader.read(*text); !problems.empty()) {
        return problems;
    }
    return std::move(reader.table());
}

}  // namespace

bool is_openai_evals(const Document& document) {
    const std::string_view line = document.first_line();
    JsonLines objects;
    if (!line.starts_with('{') || !objects.read(line, line.size())) {
        return false;
    }
    const auto& keys = objects.keys();
    const auto has = [&](std::string_view key) {
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    return has("spec.eval_name") && has("spec.run_id");
}

support::Result<Recording> read_openai_evals_report(const Document& document) {
    const auto text = document.require_text();
    if (!text) {
        return text.problems();
    }
    Reader reader(document);
    if (auto problems = reader.read(*text); !problems.empty()) {
        return problems;
    }
    Recording recording;
    recording.source = document.source();
    recording.runs.push_back(std::move(reader.run()));
    return recording;
}

support::Result<evidence::Table> read_openai_evals(const Document& document,
                                                   const std::vector<ColumnRequest>& columns) {
    const auto table = read_rows(document);
    return table ? table->table(columns) : table.problems();
}

support::Result<Outline> outline_openai_evals(const Document& document) {
    const auto table = read_rows(document);
    return table ? table->outline() : table.problems();
}

}  // namespace metricgate::sources
