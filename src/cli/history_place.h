#pragma once

#include <functional>
#include <vector>

#include "cli/arguments.h"
#include "cli/origin.h"
#include "cli/output.h"
#include "cli/run.h"
#include "history/catalog.h"
#include "support/result.h"

namespace metricgate::cli {

/// Reads the histories that a command asks for. A name or glob that no metric has is a problem, and
/// so is a place without any metric. Files that were read are kept from being written over.
support::Result<history::Histories> read_place(const HistoryPlace& place, Opener& opener,
                                               const World& world);

/// Ends a command that shows what `read_place` answered: writes the reports, unless looking had
/// `problems` or a report would be written over what was read, and then the last line. `ending` is
/// asked for when the reports are written: what is said on standard error, and how the run ends.
struct ShownEnding {
    support::Diagnostics open;
    Ending ending;
};
int show(support::Diagnostics problems, const std::vector<ReportRequest>& requests,
         const Render& render, const std::function<ShownEnding()>& ending, Opener& opener,
         const Streams& streams);

}  // namespace metricgate::cli
