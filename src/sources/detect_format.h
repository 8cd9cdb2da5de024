#pragma once

#include <string>
#include <string_view>

#include "sources/table_reader.h"

namespace metricgate::sources {

/// The format of a table: by `format` when that is a name, else the one whose marks the content
/// has, else by the extension of the source, else by the look of the first line. Content that
/// contradicts a name or an extension is a problem, and so is content that could be more than one
/// format.
support::Result<const TableFormat*> detect_table_format(const Document& document,
                                                        const std::string& format);

/// The same for metric files, logs and folders.
support::Result<const MetricFormat*> detect_metric_format(const Document& document,
                                                          const std::string& format);

/// True when some format, of tables or metrics, finds its marks.
bool is_recognised(const Document& document);

}  // namespace metricgate::sources
