#pragma once

#include "cli/arguments.h"
#include "cli/origin.h"
#include "cli/run.h"
#include "history/catalog.h"
#include "support/result.h"

namespace metricgate::cli {

/// Reads the histories that a command asks for. A name or glob that no metric has is a problem, and
/// so is a place without any metric. Files that were read are kept from being written over.
support::Result<history::Histories> read_place(const HistoryPlace& place, Opener& opener,
                                               const World& world);

}  // namespace metricgate::cli
