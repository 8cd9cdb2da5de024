#include "cli/one_file_baseline.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sources/table_reader.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Table;
using support::Done;

/// All columns but the candidate's own: what the change must leave alone.
std::set<std::string> columns_to_keep(const PlannedInput& input) {
    std::set<std::string> columns(input.roles.slices.begin(), input.roles.slices.end());
    for (const auto& [role, binding] : input.source.columns) {
        columns.insert(binding.per_side ? binding.baseline : binding.both);
    }
    columns.erase(input.roles.id);
    return columns;
}

/// Cells are compared as text, whatever they are to the checks.
std::vector<sources::ColumnRequest> requests_for(const PlannedInput& input,
                                                 const std::set<std::string>& columns) {
    std::vector<sources::ColumnRequest> requests;
    if (!input.roles.id.empty()) {
        requests.push_back({input.roles.id, sources::ReadAs::id, input.source.where});
    }
    for (const std::string& column : columns) {
        requests.push_back({column, sources::ReadAs::category, input.source.where});
    }
    return requests;
}

std::string id_of(const Table& table, std::size_t row) {
    return table.ids ? std::string((*table.ids)[row]) : std::to_string(row + 1);
}

/// Examples of one kind, of which the first by its bytes is named.
struct Found {
    std::size_t count = 0;
    std::string first;

    void add(std::string id) {
        if (count == 0 || id < first) {
            first = std::move(id);
        }
        ++count;
    }
};

/// Rows of `then` by id; without ids, rows are told by where they stand.
class RowsThen {
public:
    explicit RowsThen(const Table& then) : m_rows(then.rows), m_by_id(then.ids.has_value()) {
        for (std::size_t row = 0; m_by_id && row < then.rows; ++row) {
            m_rows_of.emplace((*then.ids)[row], row);
        }
    }
    /// Not a row of `then`: the number of its rows.
    [[nodiscard]] std::size_t row_of(const Table& now, std::size_t row) const {
        if (!m_by_id) {
            return std::min(row, m_rows);
        }
        const auto found = m_rows_of.find((*now.ids)[row]);
        return found == m_rows_of.end() ? m_rows : found->second;
    }

private:
    std::size_t m_rows;
    bool m_by_id;
    std::unordered_map<std::string_view, std::size_t> m_rows_of;
};

/// "12 examples, first '40'".
std::string tell(const Found& found) {
    return support::count_of(found.count, "example", "examples") + ", first '" +
           support::visible(found.first, 60) + "'";
}

struct Differences {
    std::string rewritten;  ///< "column 'old' holds something else for 12 examples, first '40'"
    Found added;
};

Differences differences(const Table& now, const Table& then, const std::set<std::string>& columns) {
    const RowsThen rows(then);
    Differences found;
    std::vector<std::size_t> row_then(now.rows);
    std::vector<bool> kept(then.rows, false);
    for (std::size_t row = 0; row < now.rows; ++row) {
        row_then[row] = rows.row_of(now, row);
        if (row_then[row] == then.rows) {
            found.added.add(id_of(now, row));
        } else {
            kept[row_then[row]] = true;
        }
    }
    for (const std::string& column : columns) {
        const auto& cells_now = now.categories.at(column);
        const auto& cells_then = then.categories.at(column);
        Found changed;
        for (std::size_t row = 0; row < now.rows; ++row) {
            if (row_then[row] != then.rows &&
                cells_now.names[cells_now.codes[row]] !=
                    cells_then.names[cells_then.codes[row_then[row]]]) {
                changed.add(id_of(now, row));
            }
        }
        if (changed.count > 0) {
            found.rewritten = "column '" + support::visible(column) +
                              "' holds something else for " + tell(changed);
            return found;
        }
    }
    Found gone;
    for (std::size_t row = 0; row < then.rows; ++row) {
        if (!kept[row]) {
            gone.add(id_of(then, row));
        }
    }
    if (gone.count > 0) {
        found.rewritten = "it has lost " + tell(gone);
    }
    return found;
}

/// Takes out the columns that a table does not have, and gives them back.
std::vector<std::string> take_absent(std::set<std::string>& columns,
                                     const sources::Outline& outline) {
    std::vector<std::string> absent;
    std::erase_if(columns, [&](const std::string& column) {
        const bool is_absent = std::ranges::find(outline.columns, column) == outline.columns.end();
        if (is_absent) {
            absent.push_back(column);
        }
        return is_absent;
    });
    return absent;
}

}  // namespace

support::Result<std::vector<std::string>> hold_to_commit(const PlannedInput& input,
                                                         const std::string& format,
                                                         const Origin& now, Origin& then) {
    if (const auto done = unpack(then); !done) {
        return done.problems();
    }
    const auto outline_now = sources::outline(*now.document, format);
    if (!outline_now) {
        return outline_now.problems();
    }
    const auto outline_then = sources::outline(*then.document, format);
    if (!outline_then) {
        return outline_then.problems();
    }
    // A role that no check needs may name a column that is not there.
    std::set<std::string> columns = columns_to_keep(input);
    take_absent(columns, *outline_now);
    const std::vector<std::string> new_columns = take_absent(columns, *outline_then);
    const auto requests = requests_for(input, columns);
    const auto table_now = sources::read_table(*now.document, format, requests);
    if (!table_now) {
        return table_now.problems();
    }
    const auto table_then = sources::read_table(*then.document, format, requests);
    if (!table_then) {
        return table_then.problems();
    }
    const Differences found = differences(*table_now, *table_then, columns);
    const std::string commit = then.commit.substr(0, 12);
    if (!found.rewritten.empty()) {
        return support::problem_in(
            now.name, "has both sides of input '" + input.source.name +
                          "', and its baseline is not that of " + then.name + " (commit " + commit +
                          "): " + found.rewritten +
                          "; a change cannot choose its baseline: undo that, or, to move the "
                          "baseline, merge past "
                          "this check or judge once with no revision (`baseline-revision: none`)");
    }
    std::vector<std::string> warnings;
    const std::string of_input = "Input " + input.source.name + " has both sides in " + now.name;
    if (found.added.count > 0) {
        warnings.push_back(of_input + ", which has got " + tell(found.added) + ", since commit " +
                           commit + ": their labels and baseline values are the change's own.");
    }
    if (!new_columns.empty()) {
        warnings.push_back(of_input + ", which has got the " +
                           (new_columns.size() == 1 ? "column " : "columns ") +
                           support::enumerate(new_columns) + " since commit " + commit +
                           ": what stands there is the change's own.");
    }
    return warnings;
}

}  // namespace metricgate::cli
