#pragma once

#include "cli/policy_source.h"

namespace metricgate::cli {

/// Without a policy: the shipped gate that fits the evidence (classifier, regressor, scalars or
/// latency), with its columns bound to those the candidate's file has and without the checks whose
/// columns it lacks. A problem when none fits.
support::Result<LoadedPolicy> default_gate(const CheckArguments& arguments, Opener& opener);

}  // namespace metricgate::cli
