#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/origin.h"
#include "cli/run.h"
#include "report/catalog.h"
#include "support/result.h"

namespace metricgate::cli {

/// Writes all of `text` and flushes; false when the stream did not take it.
bool print(std::ostream& stream, std::string_view text);

/// The text of a report in the named format.
using Render = std::function<std::string(const std::string& format, const report::Style& style)>;

/// Renders and writes every report that was asked for (none: text on a terminal, else Markdown).
/// Files are replaced in one step, and only when all are rendered. Returns what could not be
/// written; when something is thrown on the way, what was written is removed again.
support::Diagnostics write_reports(const Render& render, const std::vector<ReportRequest>& requests,
                                   const Streams& streams, support::FileSystem& files);

/// Renders the files again, where a result changed because one of them could not be written; what
/// still cannot be written is removed, so that no report says what no longer holds. Returns what
/// could not be removed.
support::Diagnostics rewrite_reports(const Render& render,
                                     const std::vector<ReportRequest>& requests,
                                     const support::Diagnostics& unwritten, Opener& opener);

/// Removes what an earlier run left where this one, which came to no result, was asked to write:
/// files that start as a report of ours does and that this run has not read, and nothing else.
/// Returns what could not be removed.
support::Diagnostics remove_reports(const std::vector<ReportRequest>& requests, Opener& opener);

/// The last line of standard error: "metricgate: fail (exit 1)".
std::string closing_line(const std::string& verdict, int exit_code);

/// One line a problem, for standard error.
std::string describe_all(const support::Diagnostics& problems);

}  // namespace metricgate::cli
