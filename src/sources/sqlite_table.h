#pragma once

#include <vector>

#include "sources/document.h"
#include "sources/table_reader.h"

namespace metricgate::sources {

/// A SQLite database other than MLflow's store: the one ordinary table of it that has all columns
/// that are asked for. No query is taken from anybody: what a policy says is never run.
bool recognises_sqlite(const Document& document);
support::Result<evidence::Table> read_sqlite(const Document& document,
                                             const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_sqlite(const Document& document);

}  // namespace metricgate::sources
