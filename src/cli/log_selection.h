#pragma once

#include "cli/arguments.h"
#include "cli/plan.h"
#include "evidence/examples.h"
#include "sources/selection.h"

namespace metricgate::cli {

/// Which run, metrics and values of a log the policy and the command line name for one side. `best`
/// looks at the direction that a check of this input or the catalog of metrics gives.
sources::Selection log_selection(const Plan& plan, std::size_t input, bool baseline,
                                 const CheckArguments& arguments);

/// Which way the catalog of metrics says that `name` is better.
sources::Better better_by_catalog(const std::string& name);

}  // namespace metricgate::cli
