#include "sources/csv_rows.h"

#include <algorithm>
#include <set>

#include "sources/csv_fields.h"
#include "sources/input_problems.h"
#include "sources/run_builder.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

constexpr std::size_t most_cells = 5'000'000;

/// Reads one line; false when a field is broken.
template <class Put>
bool read_line(CsvFields& fields, InputProblems& problems, const Put& put) {
    for (CsvFields::End end = CsvFields::End::delimiter; end == CsvFields::End::delimiter;) {
        end = fields.next();
        if (end == CsvFields::End::broken) {
            problems.add(fields.fault().line, fields.fault().column, fields.fault().message);
            return false;
        }
        put(fields);
    }
    return true;
}

}  // namespace

std::size_t CsvRows::column(std::string_view name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? none : static_cast<std::size_t>(found - names.begin());
}

std::vector<std::string> csv_header(std::string_view text, char delimiter) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end > (std::size_t{1} << 16)) {
        return {};
    }
    CsvFields fields(text.substr(0, end + 1), delimiter);
    InputProblems problems("");
    std::vector<std::string> names;
    const bool whole = read_line(fields, problems,
                                 [&](const CsvFields& field) { names.emplace_back(field.text()); });
    return whole ? names : std::vector<std::string>();
}

support::Result<CsvRows> read_csv_rows(std::string_view text, const std::string& source,
                                       char delimiter) {
    InputProblems problems(source);
    CsvRows result;
    if (text.empty()) {
        problems.add(0, 0, "the file is empty; wanted a header and rows");
        return problems.take();
    }
    CsvFields fields(text, delimiter);
    std::set<std::string> seen;
    if (!read_line(fields, problems, [&](const CsvFields& field) {
            result.names.emplace_back(field.text());
            if (!seen.insert(result.names.back()).second) {
                problems.add(1, field.column(),
                             "the header names column '" + support::visible(result.names.back()) +
                                 "' twice");
            }
        })) {
        return problems.take();
    }
    const support::Location file = support::in_file(source);
    std::size_t cells = 0;
    while (problems.empty() && !fields.done() && !fields.only_line_ends_left()) {
        std::vector<support::Node> row;
        row.reserve(result.names.size());
        if (!read_line(fields, problems, [&](const CsvFields& field) {
                row.push_back(node_of(field.text(), {file.file, field.line(), field.column()}));
            })) {
            break;
        }
        cells += row.size();
        if (row.size() != result.names.size()) {
            problems.add(row.front().where.line, row.back().where.column,
                         "this row has " + support::count_of(row.size(), "field", "fields") +
                             ", the header has " + std::to_string(result.names.size()));
        } else if (cells > most_cells) {
            problems.add(
                row.front().where.line, 1,
                "the file has more than " + support::count_of(most_cells, "cell", "cells"));
        }
        result.rows.push_back(std::move(row));
    }
    if (problems.empty() && result.rows.empty()) {
        problems.add(1, 1, "the file has a header but no rows");
    }
    if (!problems.empty()) {
        return problems.take();
    }
    return result;
}

}  // namespace metricgate::sources
