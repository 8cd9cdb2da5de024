// Delimited tables, the part of them that splits fields and rows: what it takes, a plain reading of
// RFC 4180 takes too, and finds the same cells.
#include "fuzz/corpora.h"
#include "fuzz/problems.h"
#include "fuzz/target.h"
#include "sources/csv_table.h"

namespace metricgate::fuzz {

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// The grammar of RFC 4180 and no more; blank lines at the end are no rows, but where there is one
/// column: there they are missing values.
Rows plain_rows(std::string_view text, char delimiter) {
    Rows rows(1);
    std::string field;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') {
            for (++at; at < text.size() && !(text[at] == '"' && text.substr(at + 1, 1) != "\"");
                 ++at) {
                field += text[at];
                at += text[at] == '"' ? 1U : 0U;
            }
        } else if (text[at] == delimiter || text[at] == '\n') {
            rows.back().push_back(field);
            field.clear();
            if (text[at] == '\n') {
                rows.emplace_back();
            }
        } else if (text[at] != '\r' || text.substr(at + 1, 1) != "\n") {
            field += text[at];
        }
    }
    const bool blank_is_value = rows.front().size() == 1;
    // Of carriage returns alone, too.
    const auto is_blank = [&](const Rows::value_type& row) {
        return row.empty() || (!blank_is_value && row.size() == 1 &&
                               row.front().find_first_not_of('\r') == std::string::npos);
    };
    while (!rows.empty() && is_blank(rows.back())) {
        rows.pop_back();
    }
    return rows;
}

void check(std::string_view text, char delimiter,
           const support::Result<sources::Outline>& outline) {
    check_problems(outline);
    if (!outline.ok()) {
        return;
    }
    const Rows plain = plain_rows(text, delimiter);
    require(!plain.empty() && plain.front() == outline->columns, "both find the same header", text);
    require(outline->first_rows.size() == std::min(plain.size() - 1, std::size_t{50}),
            "both find the same rows", text);
    for (std::size_t row = 0; row < outline->first_rows.size(); ++row) {
        require(plain[row + 1] == outline->first_rows[row], "both find the same cells", text);
    }
}

}  // namespace

std::vector<Seed> seeds() {
    std::vector<Seed> found = files_ending({"cases", "data"}, {".csv", ".tsv"}, 8);
    for (Seed& seed : found) {
        seed.bytes = seed.bytes.substr(0, 2000);
    }
    found.push_back({"quotes", "a,\"b\"\"c\"\r\n\"1,\n2\",3\n\n", 64});
    return found;
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    // Readers are given text that was looked through before.
    const auto text = support::as_text(fuzz::text_of(data, size), "eval.csv");
    if (text.ok()) {
        fuzz::check(*text, ',', sources::outline_csv(*text, "eval.csv"));
        fuzz::check(*text, '\t', sources::outline_tsv(*text, "eval.tsv"));
    }
    return 0;
}
