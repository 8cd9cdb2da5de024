#include "sources/table_columns.h"

#include <algorithm>
#include <utility>

#include "sources/confusable.h"
#include "sources/duplicate_ids.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

/// "id, label and 40 more"
std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 12;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i) {
        texts.push_back("'" + support::visible(names[i]) + "'");
    }
    if (names.size() > shown) {
        texts.push_back(std::to_string(names.size() - shown) + " more");
    }
    return support::enumerate(texts);
}

/// What is wrong with a request for a column that the file does not have.
std::string unknown_column(const std::string& wanted, const std::string& source,
                           const std::vector<std::string>& names) {
    std::string message =
        "'" + support::visible(source) + "' has no column '" + support::visible(wanted) + "'";
    const std::string folded = skeleton(wanted);
    for (const std::string& name : names) {
        if (skeleton(name) == folded) {
            return message + "; its column '" + support::visible(name) +
                   "' differs only by letter case, blanks, invisible bytes or look-alike letters: "
                   "names are compared byte for byte";
        }
    }
    return message + support::did_you_mean(wanted, names) + "; it has " + listed(names);
}

using PlaceOfRow = std::function<support::Location(std::size_t)>;

/// "lines 3 and 5", or both with their files when these differ.
std::string both(const support::Location& first, const support::Location& second,
                 std::string_view noun) {
    if (*first.file == *second.file) {
        return std::string(noun) + " " + std::to_string(first.line) + " and " +
               std::to_string(second.line);
    }
    return support::describe(first) + " and " + support::describe(second);
}

support::Diagnostic repeated_ids(const DuplicateIds& found, std::string_view noun,
                                 const PlaceOfRow& place_of_row) {
    const support::Location first = place_of_row(found.rows[0]);
    const support::Location second = place_of_row(found.rows[1]);
    std::string repeated;
    for (std::size_t i = 0; i < found.first.size(); ++i) {
        repeated += (i > 0 ? ", '" : "'") + support::visible(found.first[i], 60) + "'";
        if (i == 0) {
            repeated += " (" + both(first, second, noun) + ")";
        }
    }
    return {second, support::count_of(found.count, "id stands", "ids stand") +
                        " in more than one row: " + repeated +
                        (found.count > found.first.size() ? ", ..." : "") +
                        "; every example needs its own id"};
}

}  // namespace

TableColumns::TableColumns(const support::Bytes& text, const std::string& source,
                           const std::vector<std::string>& names,
                           const std::vector<ColumnRequest>& requests, InputProblems& problems)
    : m_source(source), m_of_column(names.size(), -1) {
    const ColumnRequest* id = nullptr;
    std::vector<std::string> refused;
    for (const ColumnRequest& request : requests) {
        const auto found = std::find(names.begin(), names.end(), request.column);
        if (found == names.end()) {
            if (std::find(refused.begin(), refused.end(), request.column) == refused.end()) {
                refused.push_back(request.column);
                const bool placed = request.where.file != nullptr;
                problems.add({placed ? request.where : problems.at(0, 0),
                              unknown_column(request.column, source, names)});
            }
            continue;
        }
        if (request.as == ReadAs::id) {
            if (id != nullptr && id->column != request.column) {
                problems.add({request.where, "a table has one id column, but both '" +
                                                 support::visible(id->column) + "' and '" +
                                                 support::visible(request.column) +
                                                 "' are asked for"});
                continue;
            }
            id = &request;
        }
        std::int32_t& reader = m_of_column[static_cast<std::size_t>(found - names.begin())];
        if (reader < 0) {
            reader = static_cast<std::int32_t>(m_readers.size());
            m_readers.push_back(ColumnReader(*found, text));
        }
        m_readers[static_cast<std::size_t>(reader)].ask(request.as);
    }
}

void TableColumns::reserve(std::size_t rows) {
    for (ColumnReader& reader : m_readers) {
        reader.reserve(rows);
    }
}

support::Result<evidence::Table> TableColumns::finish(
    std::size_t rows, InputProblems& problems,
    const std::function<std::uint32_t(std::size_t)>& line_of_row) {
    return finish(rows, problems, "lines",
                  [&](std::size_t row) { return problems.at(line_of_row(row), 1); });
}

support::Result<evidence::Table> TableColumns::finish(
    std::size_t rows, InputProblems& problems, std::string_view noun,
    const std::function<support::Location(std::size_t)>& place_of_row) {
    if (!problems.empty()) {
        return problems.take();
    }
    evidence::Table table;
    table.source = m_source;
    table.rows = rows;
    for (ColumnReader& reader : m_readers) {
        reader.move_into(table);
    }
    if (table.ids) {
        if (const auto repeated = find_duplicates(*table.ids)) {
            return repeated_ids(*repeated, noun, place_of_row);
        }
    }
    return table;
}

std::optional<std::string> repeated_name(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    const auto found = std::adjacent_find(names.begin(), names.end());
    return found == names.end() ? std::nullopt : std::optional(*found);
}

}  // namespace metricgate::sources
