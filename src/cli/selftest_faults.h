#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/specimen.h"
#include "verdict/selftest.h"

namespace metricgate::cli {

/// A way in which evidence breaks. `put` breaks it and returns nothing, or says why it cannot
/// happen to this evidence; `mend` undoes it.
struct BreakIn {
    std::string fault;
    std::string what;
    std::function<std::string()> put;
    std::function<void()> mend;
};

/// NaN in a column that the check reads, no values at all, and fewer examples than the policy
/// accepts. Every fault is listed, also those that do not apply.
std::vector<BreakIn> faults_of_examples(const metrics::Metric& metric, bool per_class,
                                        const PlannedInput& input, LoadedInput& loaded,
                                        const std::vector<double>& places);

/// A recorded NaN, and an entry that is not there.
std::vector<BreakIn> faults_of_entry(const metrics::Metric& metric, LoadedInput& loaded,
                                     const Specimen& specimen);

}  // namespace metricgate::cli
