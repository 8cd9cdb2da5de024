#pragma once

#include <string_view>
#include <vector>

#include "cli/ci_gate_jobs.h"
#include "support/diagnostic.h"

namespace metricgate::cli {

/// What the keys of a parsed CI file make of the gate: steps and jobs around it that may fail,
/// never run or wait for somebody, and a checkout whose history is too short. Keys of other jobs,
/// which decide nothing about the gate, are left alone.
support::Diagnostics key_findings(const support::Node& file, const std::vector<GateJob>& jobs);

/// The messages of both readers of CI files.
inline constexpr std::string_view never_met =
    "a condition that is never met skips what it stands at; take it away";
inline constexpr std::string_view by_hand =
    "when: manual leaves the gate out until somebody starts it; take it away, or add "
    "allow_failure: false";
inline constexpr std::string_view one_commit =
    "the checkout has one commit, so the base cannot be read; add `with: {fetch-depth: 2}` for "
    "pull requests, else 0";
inline constexpr std::string_view may_fail_job =
    "allow_failure lets the pipeline pass when the gate fails; take it away";

}  // namespace metricgate::cli
