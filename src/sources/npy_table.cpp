#include "sources/npy_table.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "sources/little_endian.h"
#include "sources/npy_columns.h"
#include "sources/table_columns.h"
#include "sources/zip_archive.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

constexpr std::string_view suffix = ".npy";

/// Columns of 8 bits become numbers of 64.
constexpr ZipLimits limits{200'000, std::uint64_t{4} << 30, {std::uint64_t{32} << 20, 32}};

constexpr std::size_t alone = std::numeric_limits<std::size_t>::max();

/// A column and the member of the archive that holds it; `alone` for an array that stands alone.
struct Held {
    NpyColumn column;
    std::size_t member = alone;
};

/// Whose bytes are had one array at a time, because all of a packed archive may be large.
struct Arrays {
    std::vector<Held> columns;
    std::optional<ZipArchive> archive;
    support::Bytes bytes;  ///< of the array that is looked at
    std::size_t open = alone;

    support::Result<std::string_view> bytes_of(const Held& held) {
        if (held.member != open) {
            bytes = support::Bytes();  // before the next one is unpacked
            auto unpacked = archive->read(archive->members()[held.member]);
            if (!unpacked.ok()) {
                return unpacked.problems();
            }
            bytes = std::move(*unpacked);
            open = held.member;
        }
        return bytes.view();
    }
};

/// Adds the columns of one array; what is wrong with it otherwise.
std::string add_columns(std::string_view bytes, const std::string& name, std::size_t member,
                        std::vector<Held>& columns) {
    NpyHeader header;
    if (std::string problem = read_npy_header(bytes, header); !problem.empty()) {
        return problem;
    }
    for (NpyColumn& column : columns_of(header, name)) {
        columns.push_back({std::move(column), member});
    }
    return {};
}

support::Result<Arrays> columns_of_npy(const Document& document) {
    Arrays arrays;
    arrays.bytes = document.bytes();
    std::string problem = add_columns(arrays.bytes.view(), "", alone, arrays.columns);
    if (problem.empty() && arrays.columns.empty()) {
        problem =
            "the array is no table: wanted one dimension, or two of plain numbers, and at least "
            "one row and column";
    }
    if (!problem.empty()) {
        return support::problem_in(document.source(), std::move(problem));
    }
    return arrays;
}

support::Result<Arrays> columns_of_npz(const Document& document) {
    auto archive = ZipArchive::open(document.bytes(), document.source(), limits);
    if (!archive.ok()) {
        return archive.problems();
    }
    Arrays arrays;
    arrays.archive = std::move(*archive);
    for (std::size_t i = 0; i < arrays.archive->members().size(); ++i) {
        const ZipMember& member = arrays.archive->members()[i];
        if (!member.name.ends_with(suffix)) {
            return support::problem_in(
                document.source(),
                "the member '" + support::visible(member.name) + "' is no array (.npy)");
        }
        const auto bytes = arrays.archive->read(member);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        const std::string name = member.name.substr(0, member.name.size() - suffix.size());
        if (std::string problem = add_columns(bytes->view(), name, i, arrays.columns);
            !problem.empty()) {
            return support::problem_in(document.source(),
                                       "'" + support::visible(name) + "': " + problem);
        }
    }
    if (arrays.columns.empty()) {
        return support::problem_in(document.source(), "the archive holds no array with rows");
    }
    return arrays;
}

/// Why a column cannot be what it is asked to be, whatever its cells hold; empty otherwise.
std::string misfit(const NpyColumn& column, const std::vector<ColumnRequest>& requests) {
    constexpr std::size_t wide = 4;
    const bool is_id = std::any_of(requests.begin(), requests.end(), [&](const auto& request) {
        return request.column == column.name && request.as == ReadAs::id;
    });
    const bool narrow =
        column.field.kind == 'i' || column.field.kind == 'u' || column.field.kind == 'b';
    return is_id && narrow && column.field.size < wide &&
                   column.rows > std::size_t{1} << (8 * column.field.size)
               ? "integers of " + std::to_string(8 * column.field.size) + " bits, too few for " +
                     std::to_string(column.rows) + " different ids"
               : std::string();
}

support::Result<evidence::Table> read(support::Result<Arrays> held, const std::string& source,
                                      const std::vector<ColumnRequest>& requests) {
    if (!held.ok()) {
        return held.problems();
    }
    std::vector<std::string> names;
    for (const Held& one : held->columns) {
        names.push_back(one.column.name);
    }
    if (const auto name = repeated_name(names)) {
        return support::problem_in(source,
                                   "has two columns called '" + support::visible(*name) + "'");
    }
    InputProblems problems(source);
    TableColumns columns(support::Bytes(), source, names, requests, problems);
    const NpyColumn* first = nullptr;
    for (std::size_t i = 0; i < held->columns.size(); ++i) {
        const NpyColumn& column = held->columns[i].column;
        ColumnReader* reader = columns.at(i);
        if (reader == nullptr) {
            continue;
        }
        first = first == nullptr ? &column : first;
        std::string what = unreadable(column);
        if (what.empty()) {
            what = misfit(column, requests);
        }
        if (!what.empty()) {
            problems.add(0, 0, "column '" + support::visible(column.name) + "' holds " + what);
        } else if (column.rows != first->rows) {
            problems.add(0, 0,
                         "column '" + support::visible(first->name) + "' has " +
                             support::count_of(first->rows, "row", "rows") + ", but '" +
                             support::visible(column.name) + "' has " +
                             std::to_string(column.rows));
        } else if (column.rows >= std::numeric_limits<std::uint32_t>::max()) {
            problems.add(0, 0, "has more than 4,294,967,294 rows");
        } else if (const auto bytes = held->bytes_of(held->columns[i]); !bytes.ok()) {
            return bytes.problems();
        } else {
            reader->reserve(column.rows);
            ReaderSink sink(*reader, problems);
            put_cells(*bytes, column, column.rows, sink);
        }
    }
    const std::size_t rows = first != nullptr ? first->rows : held->columns.front().column.rows;
    if (rows == 0 && problems.empty()) {
        problems.add(0, 0, "has columns but no rows, wanted at least one example");
    }
    return columns.finish(rows, problems, "rows", [&](std::size_t row) {
        return problems.at(static_cast<std::uint32_t>(row + 1), 0);
    });
}

support::Result<Outline> outline(support::Result<Arrays> held, const std::string& source,
                                 std::string_view format) {
    constexpr std::size_t most = 50;
    if (!held.ok()) {
        return held.problems();
    }
    Outline result;
    result.format = std::string(format);
    const std::string first = held->columns.front().column.name;
    const std::size_t rows = held->columns.front().column.rows;
    result.first_rows.resize(std::min(most, rows));
    for (const Held& one : held->columns) {
        if (one.column.rows != rows) {
            return support::problem_in(source, "the arrays have different lengths: '" +
                                                   support::visible(first) + "' has " +
                                                   std::to_string(rows) + " rows and '" +
                                                   support::visible(one.column.name) + "' has " +
                                                   std::to_string(one.column.rows));
        }
        result.columns.push_back(one.column.name);
        TextSink texts;
        if (unreadable(one.column).empty()) {
            const auto bytes = held->bytes_of(one);
            if (!bytes.ok()) {
                return bytes.problems();
            }
            put_cells(*bytes, one.column, most, texts);
        }
        for (std::size_t row = 0; row < result.first_rows.size(); ++row) {
            result.first_rows[row].push_back(row < texts.texts().size() ? texts.texts()[row]
                                                                        : std::string());
        }
    }
    if (rows == 0) {
        return support::problem_in(source, "has columns but no rows, wanted at least one example");
    }
    return result;
}

/// The name of the first member of an archive; empty when there is none.
std::string_view first_member(std::string_view bytes) {
    constexpr std::size_t header_size = 30;
    constexpr std::size_t length_at = 26;
    if (!ZipArchive::is_zip(bytes) || bytes.size() < header_size) {
        return {};
    }
    return bytes.substr(header_size, little_endian<std::uint16_t>(bytes, length_at));
}

}  // namespace

bool recognises_npy(const Document& document) {
    return !document.is_folder() && is_npy(document.bytes().view());
}

support::Result<evidence::Table> read_npy(const Document& document,
                                          const std::vector<ColumnRequest>& columns) {
    return read(columns_of_npy(document), document.source(), columns);
}

support::Result<Outline> outline_npy(const Document& document) {
    return outline(columns_of_npy(document), document.source(), "npy");
}

bool recognises_npz(const Document& document) {
    return !document.is_folder() && first_member(document.bytes().view()).ends_with(suffix);
}

support::Result<evidence::Table> read_npz(const Document& document,
                                          const std::vector<ColumnRequest>& columns) {
    return read(columns_of_npz(document), document.source(), columns);
}

support::Result<Outline> outline_npz(const Document& document) {
    return outline(columns_of_npz(document), document.source(), "npz");
}

}  // namespace metricgate::sources
