#pragma once

#include <vector>

#include "sources/document.h"
#include "sources/table_reader.h"

namespace metricgate::sources {

/// Tables of columns, in one file or in a folder of parts, as Spark and pyarrow write them: parts
/// are read in the order of their names, names that begin with `_` or `.` are left out, and a
/// folder called `key=value` is a column `key`.
bool recognises_parquet(const Document& document);
support::Result<evidence::Table> read_parquet(const Document& document,
                                              const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_parquet(const Document& document);

/// The same for Arrow's file format, which is Feather version 2.
bool recognises_arrow(const Document& document);
support::Result<evidence::Table> read_arrow(const Document& document,
                                            const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_arrow(const Document& document);

}  // namespace metricgate::sources
