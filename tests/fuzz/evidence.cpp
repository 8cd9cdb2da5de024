#include "fuzz/evidence.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "fuzz/problems.h"
#include "fuzz/target.h"
#include "sources/document.h"
#include "sources/metric_writer.h"
#include "sources/table_reader.h"

namespace metricgate::fuzz {

namespace {

using evidence::CategoryColumn;
using evidence::Entry;
using evidence::Samples;
using evidence::Scalar;
using sources::Run;
using support::NumberKind;
using support::ParsedNumber;

bool is_fine(const ParsedNumber& number) {
    return number.kind != NumberKind::finite || std::isfinite(number.value);
}

void check_categories(const CategoryColumn& column, std::size_t rows) {
    require(column.codes.size() == rows, "a code for each row");
    for (std::size_t row = 0; row < rows; ++row) {
        require(column.codes[row] < column.names.size(), "a code has a name");
    }
}

void check_numbers(const evidence::NumberColumn& column, std::size_t rows) {
    require(column.values.size() == rows, "a number for each row");
    const auto flawed = std::count_if(column.values.begin(), column.values.end(),
                                      [](double value) { return !std::isfinite(value); });
    require(static_cast<std::size_t>(flawed) == column.missing.count + column.non_finite.count,
            "every cell that is no finite number is counted");
}

void check_entry(const Entry& entry) {
    if (entry.flaw) {
        check_problem(*entry.flaw);
    }
    if (const auto* scalar = std::get_if<Scalar>(&entry.evidence)) {
        require(is_fine(scalar->value), "a finite value is finite", entry.name);
        require(!scalar->standard_error || is_fine(*scalar->standard_error),
                "a finite standard error is finite", entry.name);
        require(!scalar->exposure || *scalar->exposure > 0.0, "an exposure is above 0", entry.name);
        return;
    }
    const auto& samples = std::get<Samples>(entry.evidence);
    if (!samples.flaw && !entry.flaw) {
        require(std::all_of(samples.values.begin(), samples.values.end(),
                            [](double value) { return std::isfinite(value); }),
                "samples without a flaw are finite", entry.name);
    }
    require(samples.ids.empty() || samples.ids.size() == samples.values.size(),
            "an id for each sample, or none", entry.name);
}

void check_run(const Run& run) {
    std::set<std::string_view> names;
    for (const Entry& entry : run.entries) {
        check_entry(entry);
        require(names.insert(entry.name).second, "no name stands twice", entry.name);
    }
    for (const sources::Series& series : run.series) {
        require(!series.points.empty(), "a series has points", series.name);
        require(names.insert(series.name).second, "no name stands twice", series.name);
        for (const sources::Point& point : series.points) {
            require(is_fine(point.value), "a finite point is finite", series.name);
        }
    }
    if (run.refused) {
        check_problem(*run.refused);
    }
}

/// What `metricgate convert` writes of a run is read again, and says the same.
void check_conversion(const Run& run) {
    if (run.entries.empty() && run.series.empty()) {
        return;
    }
    const std::string written = sources::metric_file_of(run, {});
    const auto again = sources::read_metrics(
        sources::Document(support::Bytes::of(written), "written.json"), "json");
    require(again.ok(), "a written metric file is read", written);
    require(again->runs.size() == 1, "a written file has one run", written);
    const Run& read = again->runs.front();
    require(read.entries.size() == run.entries.size() && read.series.size() == run.series.size(),
            "a written file has as many metrics", written);
    require(sources::metric_file_of(read, {}) == written, "a written file is written alike again",
            written);
}

}  // namespace

void check_table(const evidence::Table& table) {
    require(table.rows > 0, "a table has rows");
    require(!table.ids || table.ids->size() == table.rows, "an id for each row");
    for (const auto& [name, column] : table.numbers) {
        check_numbers(column, table.rows);
    }
    for (const auto* columns : {&table.categories, &table.contents}) {
        for (const auto& [name, column] : *columns) {
            check_categories(column, table.rows);
        }
    }
    if (table.groups) {
        check_categories(*table.groups, table.rows);
    }
    for (const auto& [name, column] : table.observed) {
        require(column.rows == table.rows && column.numbers.size() + column.missing.count +
                                                     column.non_finite.count + column.text.count ==
                                                 table.rows,
                "every cell of a column is counted once", name);
        require(std::all_of(column.numbers.begin(), column.numbers.end(),
                            [](double value) { return std::isfinite(value); }),
                "observed numbers are finite", name);
    }
}

void check_recording(const sources::Recording& recording) {
    std::set<std::string_view> ids;
    for (const Run& run : recording.runs) {
        require(ids.insert(run.id).second, "no run stands twice", run.id);
        check_run(run);
        check_conversion(run);
    }
}

}  // namespace metricgate::fuzz
