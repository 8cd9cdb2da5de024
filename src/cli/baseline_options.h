#pragma once

#include "cli/arguments.h"
#include "cli/origin.h"
#include "cli/plan.h"
#include "support/result.h"

namespace metricgate::cli {

/// What is wrong with the command line's words on candidate and baseline, whether or not a check
/// reads them: a revision that does not resolve, a SPEC or a run that no input takes. Who asked for
/// a comparison must not get a pass without one.
support::Diagnostics refuse_unread_options(const Plan& plan, const CheckArguments& arguments,
                                           Opener& opener);

}  // namespace metricgate::cli
