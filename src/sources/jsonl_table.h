#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/table_reader.h"

namespace metricgate::sources {

/// Tables with one JSON object a line; the first line says which columns there are.
support::Result<evidence::Table> read_jsonl(const support::Bytes& text, const std::string& source,
                                            const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_jsonl(std::string_view text, const std::string& source);

}  // namespace metricgate::sources
