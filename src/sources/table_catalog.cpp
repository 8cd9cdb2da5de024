// The formats of example tables: the list that everything else reads.

#include "sources/csv_table.h"
#include "sources/detect_format.h"
#include "sources/jsonl_table.h"
#include "sources/table_reader.h"

namespace metricgate::sources {

const std::vector<TableFormat>& table_formats() {
    static const std::vector<TableFormat> formats = {
        {"csv", "comma-separated values with a header (RFC 4180)", {"csv"}, read_csv, outline_csv},
        {"tsv", "tab-separated values with a header", {"tsv", "tab"}, read_tsv, outline_tsv},
        {"jsonl",
         "one JSON object a line, nested keys joined with dots",
         {"jsonl", "ndjson"},
         read_jsonl,
         outline_jsonl},
    };
    return formats;
}

support::Result<evidence::Table> read_table(const support::Bytes& bytes, const std::string& source,
                                            const std::string& format,
                                            const std::vector<ColumnRequest>& columns) {
    const auto found = detect_table_format(bytes.view(), source, format);
    if (!found.ok()) {
        return found.problems();
    }
    return (*found)->read(bytes, source, columns);
}

support::Result<Outline> outline(const support::Bytes& bytes, const std::string& source,
                                 const std::string& format) {
    const auto found = detect_table_format(bytes.view(), source, format);
    if (!found.ok()) {
        return found.problems();
    }
    return (*found)->outline(bytes.view(), source);
}

}  // namespace metricgate::sources
