#pragma once

#include <functional>
#include <string>

#include "cli/prepare.h"
#include "verdict/selftest.h"

namespace metricgate::cli {

/// Damages a copy of the candidate for every check, step by step, and breaks the evidence in the
/// ways it can break; reports what turned each row red. The evidence is changed in memory only,
/// which is why it is taken over. `progress` is told the id of every check before it is tried.
verdict::SelftestResult selftest(Prepared prepared, const CheckArguments& arguments,
                                 const std::function<void(const std::string&)>& progress);

}  // namespace metricgate::cli
