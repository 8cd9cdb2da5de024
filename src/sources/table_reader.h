#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/metric_file.h"
#include "evidence/table.h"
#include "sources/document.h"
#include "sources/recording.h"
#include "support/files.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::sources {

/// How a column is to be read. One column may be asked for in several ways. `observed` refuses no
/// cell.
enum class ReadAs { id, number, category, observed };

struct ColumnRequest {
    std::string column;
    ReadAs as = ReadAs::number;
    support::Location where;  ///< where the policy names it
};

/// What a file with examples looks like before it is read: for choosing a gate when there is no
/// policy.
struct Outline {
    std::string format;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> first_rows;  ///< at most 50, as text
};

/// A format of example tables: one file, one catalog line, one test.
struct TableFormat {
    std::string_view name;  ///< csv, tsv, jsonl
    std::string_view summary;
    std::vector<std::string_view> extensions;
    /// True when the content is this format's, by marks that no other format has (a magic number,
    /// the keys of the first line). Null for the generic formats, which are told by extension and
    /// by the look of the first line.
    bool (*recognises)(const Document& document) = nullptr;
    support::Result<evidence::Table> (*read)(const Document& document,
                                             const std::vector<ColumnRequest>& columns) = nullptr;
    support::Result<Outline> (*outline)(const Document& document) = nullptr;
};

const std::vector<TableFormat>& table_formats();

/// A format of metric files, logs and experiment folders: one file, one catalog line, one unit
/// test, one interop test.
struct MetricFormat {
    std::string_view name;     ///< lower case with `_`, as `--format` takes it: google_benchmark
    std::string_view summary;  ///< what writes it, in one line
    std::vector<std::string_view>
        extensions;  ///< of the two generic formats only; others are recognised by content
    /// True when the content is this format's, by marks that no other format has. Never looks at
    /// the name of the file. Null for the generic formats, which are tried when no other recognises
    /// a document.
    bool (*recognises)(const Document& document) = nullptr;
    support::Result<Recording> (*read)(const Document& document) = nullptr;
};

const std::vector<MetricFormat>& metric_formats();

/// Unpacks gzip and zstd (by magic bytes and by a name ending in .gz or .zst, which must agree) and
/// checks the text as `support::as_text` does, unless the bytes are of a binary format; names what
/// is wrong otherwise. At most `limit` bytes come out.
support::Result<Document> open_document(const support::Bytes& bytes, const std::string& source,
                                        std::size_t limit);

/// Reads a table: `format` by name, or by content and extension when empty. Unknown columns are
/// problems with near names; ragged rows, unclosed quotes, duplicate columns and ids, truncated
/// input (a last line without its line end, for csv and tsv) and files without rows are problems at
/// their line.
support::Result<evidence::Table> read_table(const Document& document, const std::string& format,
                                            const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline(const Document& document, const std::string& format);

/// Reads a metric file, a log or an experiment folder: `format` by name, or by content when empty.
/// A list with something else than finite numbers has its flaw in the samples and in the entry.
support::Result<Recording> read_metrics(const Document& document, const std::string& format);

/// True when the content looks like recorded metrics rather than a table: a format of metric files
/// recognises it, or it is a JSON object or a YAML map.
bool looks_like_metrics(const Document& document);

}  // namespace metricgate::sources
