#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/origin.h"
#include "cli/prepare.h"
#include "cli/run.h"
#include "support/result.h"

namespace metricgate::cli {

/// What would make the gate toothless in this repository: each with its place and how to mend it.
struct Findings {
    support::Diagnostics list;
};

/// Looks through the repository. A problem (not a finding) when the policy itself cannot be read.
support::Result<Findings> examine(const CheckArguments& arguments, const World& world,
                                  Opener& opener, const Progress& progress);

/// `metricgate doctor`: exit 1 when something was found, 0 when nothing was, 2 when it could not
/// look.
int doctor_command(const CheckArguments& arguments, const Streams& streams, const World& world);

}  // namespace metricgate::cli
