// The formats of example tables: the list that everything else reads.

#include "sources/alpaca_eval.h"
#include "sources/columnar_table.h"
#include "sources/csv_table.h"
#include "sources/detect_format.h"
#include "sources/inspect_results.h"
#include "sources/inspect_samples.h"
#include "sources/jsonl_table.h"
#include "sources/lm_eval_samples.h"
#include "sources/npy_table.h"
#include "sources/openai_evals.h"
#include "sources/promptfoo_results.h"
#include "sources/sqlite_table.h"
#include "sources/table_reader.h"
#include "support/mapped_files.h"

namespace metricgate::sources {

namespace {

/// The generic formats read text; which one is a matter of names and first lines.
template <support::Result<evidence::Table> (*read)(const support::Bytes&, const std::string&,
                                                   const std::vector<ColumnRequest>&)>
support::Result<evidence::Table> read_text(const Document& document,
                                           const std::vector<ColumnRequest>& columns) {
    const auto text = document.require_text();
    return text.ok() ? read(document.bytes(), document.source(), columns) : text.problems();
}

template <support::Result<Outline> (*outline)(std::string_view, const std::string&)>
support::Result<Outline> outline_text(const Document& document) {
    const auto text = document.require_text();
    return text.ok() ? outline(*text, document.source()) : text.problems();
}

}  // namespace

const std::vector<TableFormat>& table_formats() {
    static const std::vector<TableFormat> formats = {
        {"csv",
         "comma-separated values with a header (RFC 4180)",
         {"csv"},
         nullptr,
         read_text<read_csv>,
         outline_text<outline_csv>},
        {"tsv",
         "tab-separated values with a header",
         {"tsv", "tab"},
         nullptr,
         read_text<read_tsv>,
         outline_text<outline_tsv>},
        {"jsonl",
         "one JSON object a line, nested keys joined with dots",
         {"jsonl", "ndjson"},
         nullptr,
         read_text<read_jsonl>,
         outline_text<outline_jsonl>},
        {"parquet",
         "Parquet, one file or a folder of parts (where built with METRICGATE_PARQUET)",
         {"parquet", "pq"},
         recognises_parquet,
         read_parquet,
         outline_parquet},
        {"arrow",
         "Arrow files, which are Feather version 2, or a folder of them (the same)",
         {"arrow", "feather", "ipc"},
         recognises_arrow,
         read_arrow,
         outline_arrow},
        {"npy",
         "an array of numpy, by field or column; pickles are refused",
         {"npy"},
         recognises_npy,
         read_npy,
         outline_npy},
        {"npz",
         "arrays of numpy in one archive, each a column",
         {"npz"},
         recognises_npz,
         read_npz,
         outline_npz},
        {"sqlite",
         "a SQLite database, the table in it that has the columns",
         {"sqlite", "sqlite3", "db"},
         recognises_sqlite,
         read_sqlite,
         outline_sqlite},
        {"lm_eval_samples",
         "samples of lm-evaluation-harness, a file or the folder of a run",
         {},
         is_lm_eval_samples,
         read_lm_eval_samples,
         outline_lm_eval_samples},
        {"inspect_ai",
         "samples of an inspect_ai log, .eval or .json",
         {},
         is_inspect_log,
         read_inspect_samples,
         outline_inspect_samples},
        {"promptfoo",
         "results of promptfoo, a row a test",
         {},
         is_promptfoo_results,
         read_promptfoo_results,
         outline_promptfoo_results},
        {"openai_evals",
         "matches and metrics in a log of OpenAI evals",
         {},
         is_openai_evals,
         read_openai_evals,
         outline_openai_evals},
        {"alpaca_eval",
         "judgements of AlpacaEval, a row an instruction",
         {},
         is_alpaca_eval,
         read_alpaca_eval,
         outline_alpaca_eval},
    };
    return formats;
}

support::Result<evidence::Table> read_table(const Document& document, const std::string& format,
                                            const std::vector<ColumnRequest>& columns) {
    const auto found = detect_table_format(document, format);
    if (!found.ok()) {
        return found.problems();
    }
    auto table = (*found)->read(document, columns);
    support::put_away(document.bytes().view());
    return table;
}

support::Result<Outline> outline(const Document& document, const std::string& format) {
    const auto found = detect_table_format(document, format);
    return found.ok() ? (*found)->outline(document) : found.problems();
}

}  // namespace metricgate::sources
