#pragma once

#include "cli/load.h"

namespace metricgate::cli {

/// Fills `loaded.anchors`: of every revision that a check's `anchor:` names, the commit of the last
/// point that the revision has in its past. In git that is looked up along first parents; elsewhere
/// a point names the revision's own commit, or none does.
support::Result<support::Done> find_anchors(const Plan& plan, std::size_t index,
                                            LoadedInput& loaded, Opener& opener);

}  // namespace metricgate::cli
