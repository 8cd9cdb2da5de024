#include "sources/csv_table.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

#include "sources/csv_fields.h"
#include "sources/line_count.h"
#include "sources/table_columns.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

struct Dialect {
    std::string_view format;
    char delimiter;
    std::string_view delimited;  ///< "comma-separated"
};

constexpr Dialect csv = {"csv", ',', "comma-separated"};
constexpr Dialect tsv = {"tsv", '\t', "tab-separated"};

void report_fault(const CsvFields& fields, InputProblems& problems) {
    const CsvFields::Fault& fault = fields.fault();
    problems.add(fault.line, fault.column, fault.message);
}

/// A header that is a single field although another delimiter stands in it.
std::string other_delimiter(const std::string& only_name, const Dialect& dialect) {
    static constexpr auto others =
        std::to_array<std::pair<char, std::string_view>>({{';', "semicolon-separated"},
                                                          {'\t', "tab-separated"},
                                                          {',', "comma-separated"},
                                                          {'|', "bar-separated"}});
    for (const auto& [delimiter, name] : others) {
        if (delimiter != dialect.delimiter && only_name.find(delimiter) != std::string::npos) {
            return "this looks like a " + std::string(name) + " file, wanted a " +
                   std::string(dialect.delimited) + " one" +
                   (delimiter == ';' ? "; semicolons often come with decimal commas, which are not "
                                       "read either"
                                     : "");
        }
    }
    return {};
}

void check_names(const std::vector<std::string>& names, const std::vector<std::uint32_t>& columns,
                 InputProblems& problems) {
    std::map<std::string_view, std::size_t> seen;
    for (std::size_t i = 0; i < names.size() && !problems.full(); ++i) {
        if (const auto [first, added] = seen.emplace(names[i], i); !added) {
            problems.add(1, columns[i],
                         "the header names column '" + support::visible(names[i]) +
                             "' twice, as fields " + std::to_string(first->second + 1) + " and " +
                             std::to_string(i + 1) + "; give each column a name of its own");
        }
    }
}

/// The names of the header; problems when it cannot be one.
std::vector<std::string> read_header(CsvFields& fields, std::string_view text,
                                     const Dialect& dialect, InputProblems& problems) {
    std::vector<std::string> names;
    if (text.empty()) {
        problems.add(0, 0, "the file is empty; wanted a header and rows");
        return names;
    }
    if (text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos) {
        problems.add(1, static_cast<std::uint32_t>(text.find('\r') + 1),
                     "lines end in bare carriage returns (old Mac style); convert them to LF");
        return names;
    }
    std::vector<std::uint32_t> columns;
    CsvFields::End end = CsvFields::End::delimiter;
    while (end == CsvFields::End::delimiter) {
        end = fields.next();
        names.push_back(std::string(fields.text()));
        columns.push_back(fields.column());
    }
    if (end == CsvFields::End::broken) {
        report_fault(fields, problems);
        return names;
    }
    if (names.size() == 1 && names.front().empty()) {
        problems.add(1, 1, "the first line is empty; wanted the names of the columns");
    } else if (names.size() == 1) {
        if (const std::string other = other_delimiter(names.front(), dialect); !other.empty()) {
            problems.add(1, 1, other);
        }
    }
    check_names(names, columns, problems);
    return names;
}

/// The line on which row number `row` starts, found by reading again: only messages need it.
std::uint32_t line_of_row(std::string_view text, const Dialect& dialect, std::size_t row) {
    CsvFields fields(text, dialect.delimiter);
    CsvFields::End end = CsvFields::End::line;
    std::uint32_t line = 1;
    for (std::size_t starts = 0; !fields.done() && end != CsvFields::End::broken;) {
        const bool at_start = end == CsvFields::End::line;
        end = fields.next();
        line = at_start ? fields.line() : line;
        starts += at_start ? 1 : 0;
        if (starts == row + 2) {  // the header is the first line
            return line;
        }
    }
    return line;
}

/// Reads rows until the end or too many problems, handing every field to `put(index, fields)`.
/// Gives back the number of rows.
template <class Put>
std::size_t read_rows(CsvFields& fields, std::size_t width, std::size_t most,
                      InputProblems& problems, const Put& put) {
    std::size_t rows = 0;
    while (!fields.done() && !problems.full() && rows < most) {
        if (width > 1 && fields.only_line_ends_left()) {
            break;
        }
        std::size_t index = 0;
        std::uint32_t line = 0;
        std::uint32_t column = 0;  ///< of the first field too many, or of the last one
        CsvFields::End end = CsvFields::End::delimiter;
        while (end == CsvFields::End::delimiter) {
            end = fields.next();
            line = index == 0 ? fields.line() : line;
            if (end == CsvFields::End::broken) {
                report_fault(fields, problems);
                return rows;
            }
            if (index < width) {
                put(index, fields);
            }
            column = index <= width ? fields.column() : column;
            ++index;
        }
        if (index != width) {
            problems.add(line, column,
                         "this row has " + support::count_of(index, "field", "fields") +
                             ", the header has " + std::to_string(width) +
                             "; a field that holds the separator needs quotes");
        }
        ++rows;
    }
    return rows;
}

support::Result<evidence::Table> read(const support::Bytes& text, const std::string& source,
                                      const std::vector<ColumnRequest>& requests,
                                      const Dialect& dialect) {
    InputProblems problems(source);
    CsvFields fields(text.view(), dialect.delimiter);
    const std::vector<std::string> names = read_header(fields, text.view(), dialect, problems);
    const std::size_t lines = count_line_feeds(text.view());
    if (lines >= std::numeric_limits<std::uint32_t>::max()) {
        problems.add(0, 0, "the file has more than 4,294,967,294 lines");
    }
    if (!problems.empty()) {
        return problems.take();
    }
    TableColumns columns(text, source, names, requests, problems);
    // No row is shorter than its delimiters, so that a file of line ends reserves nothing much.
    columns.reserve(std::min(lines, text.view().size() / names.size()));
    std::vector<ColumnReader*> readers;
    for (std::size_t i = 0; i < names.size(); ++i) {
        readers.push_back(columns.at(i));
    }
    const std::size_t rows = read_rows(
        fields, names.size(), std::numeric_limits<std::size_t>::max(), problems,
        [&](std::size_t index, const CsvFields& field) {
            if (ColumnReader* reader = readers[index]; reader != nullptr) {
                reader->put({field.text(), CellKind::untyped, field.line(), field.column()},
                            problems);
            }
        });
    if (rows == 0 && problems.empty()) {
        problems.add(1, 1, "the file has a header but no rows, wanted at least one example");
    }
    return columns.finish(rows, problems,
                          [&](std::size_t row) { return line_of_row(text.view(), dialect, row); });
}

support::Result<Outline> outline(std::string_view text, const std::string& source,
                                 const Dialect& dialect) {
    constexpr std::size_t most = 50;
    InputProblems problems(source);
    CsvFields fields(text, dialect.delimiter);
    Outline result;
    result.format = std::string(dialect.format);
    result.columns = read_header(fields, text, dialect, problems);
    if (problems.empty()) {
        const std::size_t rows =
            read_rows(fields, result.columns.size(), most, problems,
                      [&](std::size_t index, const CsvFields& field) {
                          if (index == 0) {
                              result.first_rows.push_back({});
                          }
                          result.first_rows.back().push_back(std::string(field.text()));
                      });
        if (rows == 0 && problems.empty()) {
            problems.add(1, 1, "the file has a header but no rows, wanted at least one example");
        }
    }
    if (!problems.empty()) {
        return problems.take();
    }
    return result;
}

}  // namespace

support::Result<evidence::Table> read_csv(const support::Bytes& text, const std::string& source,
                                          const std::vector<ColumnRequest>& columns) {
    return read(text, source, columns, csv);
}

support::Result<evidence::Table> read_tsv(const support::Bytes& text, const std::string& source,
                                          const std::vector<ColumnRequest>& columns) {
    return read(text, source, columns, tsv);
}

support::Result<Outline> outline_csv(std::string_view text, const std::string& source) {
    return outline(text, source, csv);
}

support::Result<Outline> outline_tsv(std::string_view text, const std::string& source) {
    return outline(text, source, tsv);
}

}  // namespace metricgate::sources
