#include <algorithm>

#include "sources/benchmark_formats.h"
#include "sources/csv_rows.h"
#include "sources/json_parts.h"
#include "sources/locust_failures.h"
#include "sources/run_builder.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

bool has_column(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// PREFIX_stats.csv; the history beside it has a user count, the failures have no percentiles.
bool recognises(const Document& document) {
    if (!document.first_line().starts_with("Type,Name,")) {
        return false;
    }
    const auto text = document.text();
    const std::vector<std::string> names = csv_header(text.value_or(""));
    return has_column(names, "Request Count") && has_column(names, "Median Response Time") &&
           has_column(names, "99%");
}

std::string unit_of(std::string_view column) {
    if (column.ends_with("Response Time") || column.ends_with('%')) {
        return "ms";
    }
    return column.ends_with("/s") ? "1/s" : column == "Average Content Size" ? "B" : "";
}

support::Result<Recording> read(const Document& document) {
    const auto text = document.require_text();
    if (!text.ok()) {
        return text.problems();
    }
    const auto csv = read_csv_rows(*text, document.source());
    if (!csv.ok()) {
        return csv.problems();
    }
    const std::size_t type = csv->column("Type");
    const std::size_t name = csv->column("Name");
    const std::size_t requests = csv->column("Request Count");
    const std::size_t failures = csv->column("Failure Count");
    for (const std::size_t needed : {type, name, requests, failures}) {
        if (needed == CsvRows::none) {
            return not_this(document, "Locust's statistics",
                            "columns Type, Name, Request Count and Failure Count");
        }
    }
    if (csv->rows.back()[name].text != "Aggregated") {
        return support::problem_in(document.source(),
                                   "the row 'Aggregated' is missing, which Locust writes last: the "
                                   "file may be cut short");
    }
    RunBuilder builder;
    for (const std::vector<Node>& row : csv->rows) {
        const std::string base =
            row[type].text.empty() ? row[name].text : row[type].text + " " + row[name].text;
        const bool none = row[requests].number.kind == support::NumberKind::finite &&
                          row[requests].number.value == 0.0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i != type && i != name) {
                if (none && row[i].kind == Node::Kind::number && unit_of(csv->names[i]) == "ms") {
                    builder.flaw(base + "." + csv->names[i], row[i].where,
                                 "a time of no request");  // Locust writes 0
                    continue;
                }
                builder.value(base + "." + csv->names[i], row[i], unit_of(csv->names[i]));
            }
        }
        take_failure_ratio(base, &row[requests], &row[failures], row[failures].where, builder);
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat locust_csv() {
    return {"locust_csv", "Locust, PREFIX_stats.csv of --csv PREFIX", {}, recognises, read};
}

}  // namespace metricgate::sources
