#pragma once

#include <string>

#include "sources/row_table.h"
#include "support/node.h"

namespace metricgate::sources {

/// A JSON value as a cell.
Cell cell_of(const support::Node& node);

/// Puts the texts, numbers, booleans and nulls of a map into columns `prefix.key`, nested keys
/// joined with dots. Lists are left out, and so are texts of more than 200 bytes: such columns are
/// slices.
void put_fields(RowTable& table, RowTable::Row row, const std::string& prefix,
                const support::Node& map);

}  // namespace metricgate::sources
