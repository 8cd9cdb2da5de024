#pragma once

#include <string>
#include <string_view>

#include "sources/table_reader.h"

namespace metricgate::sources {

/// The format of a table: by `format` when that is a name, else by the extension of `source`, else
/// by content. Content that contradicts the name or the extension is a problem, and so is content
/// that could be more than one format.
support::Result<const TableFormat*> detect_table_format(std::string_view text,
                                                        const std::string& source,
                                                        const std::string& format);

/// The same for metric files.
support::Result<const MetricFormat*> detect_metric_format(std::string_view text,
                                                          const std::string& source,
                                                          const std::string& format);

}  // namespace metricgate::sources
