#pragma once

#include <string>

#include "cli/arguments.h"
#include "cli/load.h"
#include "policy/policy.h"

namespace metricgate::cli {

/// What `when:` says of a check: whether it leaves the check out, and why.
struct Condition {
    bool known = true;         ///< the keys that it asks for are recorded or given
    std::string unmet;         ///< why the check is left out; empty: it runs
    std::string switched_off;  ///< the candidate's own file left it out, and by the baseline's it
                               ///< would run: a sentence without a full stop, or empty
};

/// Looks at what the command line gives (`--metadata`), else at what the candidate records. A key
/// that neither has is not `known`.
Condition condition_of(const policy::Check& check, const CheckArguments& arguments,
                       const LoadedInput& loaded);

}  // namespace metricgate::cli
