#pragma once

#include <string>

#include "comparison/comparison.h"
#include "metrics/metric.h"
#include "policy/policy.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// What a check of the policy asks of its rows, in the words of the verdict. `input` is the name of
/// the input that the check looks at.
verdict::Rule make_rule(const policy::Check& check, const metrics::Metric& metric,
                        const std::string& input);

/// How the two sides of `input` are compared for a check.
comparison::Options make_options(const policy::Policy& policy, const policy::Check& check,
                                 const policy::Input& input);

}  // namespace metricgate::cli
