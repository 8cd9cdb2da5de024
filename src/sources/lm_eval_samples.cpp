#include "sources/lm_eval_samples.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "sources/input_problems.h"
#include "sources/json_line_reader.h"
#include "sources/lm_eval_names.h"
#include "sources/row_table.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

/// What a key of a line is.
enum class Part { doc_id, filter, digest, target, document, metric, unread };

Part part_of(std::string_view key) {
    if (key == "doc_id") {
        return Part::doc_id;
    }
    if (key == "filter") {
        return Part::filter;
    }
    if (key == "doc_hash" || key == "prompt_hash" || key == "target_hash") {
        return Part::digest;
    }
    if (key == "target") {
        return Part::target;
    }
    if (key.starts_with("doc.")) {
        return Part::document;
    }
    static constexpr std::array<std::string_view, 5> unread = {"doc", "arguments", "resps",
                                                               "filtered_resps", "metrics"};
    const std::string_view first = key.substr(0, key.find('.'));
    const bool known = std::find(unread.begin(), unread.end(), first) != unread.end();
    return known ? Part::unread : Part::metric;
}

bool is_samples_line(std::string_view line) {
    JsonLines objects;
    if (!line.starts_with('{') || !objects.read(line, line.size())) {
        return false;
    }
    const auto has = [&](std::string_view key) {
        const auto& keys = objects.keys();
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    return has("doc_id") && has("arguments") && has("filtered_resps") && has("target");
}

/// The task that a file of samples is named after, `samples_TASK_DATE.jsonl`; nothing for other
/// files.
std::optional<std::string> task_of(std::string_view path) {
    constexpr std::string_view before = "samples_";
    constexpr std::string_view after = ".jsonl";
    std::string_view name = path.substr(path.rfind('/') + 1);
    if (!name.starts_with(before) || !name.ends_with(after)) {
        return std::nullopt;
    }
    name.remove_prefix(before.size());
    name.remove_suffix(std::min(name.size(), after.size()));
    return std::string(name.substr(0, name.rfind('_')));
}

/// The text of a metric is a number: NumPy's float32 was once written so. True and false are 1 and
/// 0.
Cell metric_cell(const JsonLines::Leaf& leaf, std::uint32_t line) {
    Cell cell{leaf.text, leaf.kind, line, leaf.column};
    if (leaf.kind == CellKind::boolean) {
        cell.kind = CellKind::number;
        cell.text = leaf.text == "true" ? "1" : "0";
    } else if (leaf.kind == CellKind::string &&
               support::parse_number(leaf.text).kind != support::NumberKind::malformed) {
        cell.kind = CellKind::number;
    }
    return cell;
}

class Reader {
public:
    explicit Reader(const Document& document)
        : m_document(document), m_table("lm_eval_samples", document), m_id(m_table.column("id")) {}

    support::Result<RowTable> read() {
        if (!m_document.is_folder()) {
            const auto text = m_document.require_text();
            if (!text) {
                return text.problems();
            }
            read_file(*text, m_document.source(), "");
        } else {
            m_task = m_table.column("task");
            for (const std::string& name : m_document.folder().names()) {
                const auto task = task_of(name);
                const auto bytes =
                    task ? m_document.folder().read(name) : support::Result(support::Bytes());
                if (!bytes) {
                    return bytes.problems();
                }
                if (task) {
                    read_file(bytes->view(), m_document.source() + "/" + name, *task);
                }
            }
        }
        if (!m_problems.empty()) {
            return m_problems;
        }
        for (const auto& [name, column] : m_digests) {
            if (name != "prompt_hash") {  // the prompt may be what is being changed
                m_table.is_content(column);
            }
        }
        return std::move(m_table);
    }

private:
    /// Where an example and filter stood before.
    struct Seen {
        std::string file;
        std::uint32_t line = 0;
    };

    void read_file(std::string_view text, const std::string& file, const std::string& task) {
        InputProblems problems(file);
        JsonLines objects;
        m_parts.clear();
        JsonLineReader lines(text, problems);
        while (!problems.full() && lines.next(objects)) {
            read_line(objects, file, lines.line(), task, problems);
        }
        if (lines.line() == 0 && problems.empty()) {
            problems.add(0, 0, "the file is empty; wanted one JSON object a line");
        }
        if (!problems.empty()) {
            const support::Diagnostics found = problems.take();
            m_problems.insert(m_problems.end(), found.begin(), found.end());
        }
    }

    void read_line(const JsonLines& objects, const std::string& file, std::uint32_t line,
                   const std::string& task, InputProblems& problems) {
        while (m_parts.size() < objects.keys().size()) {
            m_parts.push_back(part_of(objects.keys()[m_parts.size()]));
        }
        std::string_view doc_id;
        std::string filter = "none";
        for (const JsonLines::Leaf& leaf : objects.leaves()) {
            if (m_parts[leaf.key] == Part::doc_id) {
                doc_id = leaf.text;
            } else if (m_parts[leaf.key] == Part::filter && leaf.kind == CellKind::string) {
                filter = std::string(leaf.text);
            }
        }
        if (doc_id.empty()) {
            problems.add(line, 1, "this line has no `doc_id`");
            return;
        }
        const std::string id =
            task.empty() ? std::string(doc_id) : task + "/" + std::string(doc_id);
        const auto [seen, fresh] = m_seen.try_emplace({id, filter}, Seen{file, line});
        if (!fresh) {
            problems.add(line, 1,
                         "example '" + support::visible(id) + "' with the filter '" +
                             support::visible(filter) + "' stands in line " +
                             std::to_string(seen->second.line) +
                             (seen->second.file == file
                                  ? ""
                                  : " of '" + support::visible(seen->second.file) + "'") +
                             " already: lm-evaluation-harness appends to a file, so this may hold "
                             "two runs; keep one");
            return;
        }
        const auto [at, is_new] = m_rows.try_emplace(id, 0);
        if (is_new) {
            at->second = m_table.add_row(line);
            m_table.put(at->second, m_id, {id, CellKind::string, line, 0});
            if (m_task) {
                m_table.put(at->second, *m_task, {task, CellKind::string, line, 0});
            }
        }
        for (const JsonLines::Leaf& leaf : objects.leaves()) {
            put(at->second, objects.keys()[leaf.key], leaf, filter, line, problems);
        }
    }

    void put(RowTable::Row row, const std::string& key, const JsonLines::Leaf& leaf,
             const std::string& filter, std::uint32_t line, InputProblems& problems) {
        const Cell cell{leaf.text, leaf.kind, line, leaf.column};
        switch (m_parts[leaf.key]) {
            case Part::digest:
                put_digest(row, key, cell, problems);
                return;
            case Part::target:
            case Part::document:
                m_table.put(row, m_table.column(key), cell);
                return;
            case Part::metric:
                m_table.put(row, m_table.column(lm_eval_metric_name(key, filter)),
                            metric_cell(leaf, line));
                return;
            case Part::doc_id:
            case Part::filter:
            case Part::unread:
                return;
        }
    }

    /// Lines of one example say the same of it, whatever their filter.
    void put_digest(RowTable::Row row, const std::string& key, const Cell& cell,
                    InputProblems& problems) {
        const RowTable::Column column = m_table.column(key);
        m_digests.emplace(key, column);
        if (m_table.has(row, column) && m_table.text_of(row, column) != cell.text) {
            problems.add(cell.line, cell.column,
                         "the '" + key + "' of this example is another one in line " +
                             std::to_string(m_table.line_of(row)));
            return;
        }
        m_table.put(row, column, cell);
    }

    const Document& m_document;
    RowTable m_table;
    RowTable::Column m_id;
    std::optional<RowTable::Column> m_task;
    std::vector<Part> m_parts;  ///< by number of the key; a file with other keys starts anew
    std::map<std::pair<std::string, std::string>, Seen> m_seen;  ///< by id and filter
    std::map<std::string, RowTable::Row> m_rows;
    std::map<std::string, RowTable::Column> m_digests;
    support::Diagnostics m_problems;
};

}  // namespace

bool is_lm_eval_samples(const Document& document) {
    if (!document.is_folder()) {
        return is_samples_line(document.first_line());
    }
    const auto& names = document.folder().names();
    return std::any_of(names.begin(), names.end(),
                       [](const std::string& name) { return task_of(name).has_value(); });
}

support::Result<evidence::Table> read_lm_eval_samples(const Document& document,
                                                      const std::vector<ColumnRequest>& columns) {
    const auto table = Reader(document).read();
    return table ? table->table(columns) : table.problems();
}

support::Result<Outline> outline_lm_eval_samples(const Document& document) {
    const auto table = Reader(document).read();
    return table ? table->outline() : table.problems();
}

}  // namespace metricgate::sources
