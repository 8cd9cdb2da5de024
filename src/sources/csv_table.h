#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/table_reader.h"

namespace metricgate::sources {

/// Comma- and tab-separated tables with a header, as RFC 4180 writes them.
support::Result<evidence::Table> read_csv(const support::Bytes& text, const std::string& source,
                                          const std::vector<ColumnRequest>& columns);
support::Result<evidence::Table> read_tsv(const support::Bytes& text, const std::string& source,
                                          const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_csv(std::string_view text, const std::string& source);
support::Result<Outline> outline_tsv(std::string_view text, const std::string& source);

}  // namespace metricgate::sources
