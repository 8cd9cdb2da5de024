#pragma once

#include <optional>
#include <vector>

#include "cli/arguments.h"
#include "cli/load.h"
#include "cli/plan.h"
#include "cli/policy_source.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "sources/repository.h"
#include "support/result.h"
#include "verdict/judge.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// A policy with its names bound and its evidence read: what every command that looks at data
/// starts from.
struct Prepared {
    LoadedPolicy policy;
    Plan plan;
    std::vector<std::optional<LoadedInput>> inputs;  ///< by index of Plan::inputs; unused: empty
};

/// What GITHUB_* and CI_* variables say of the base revision.
sources::CiContext ci_context(const World& world);

/// The files of one run. Reports that an earlier run left where this one is to write go away should
/// it end without an answer (support/doomed_files.h).
Opener open_world(const CheckArguments& arguments, const World& world);

verdict::Correction to_correction(policy::Multiplicity multiplicity);

/// Policy, plan and evidence; every mistake of the first stage that has any.
support::Result<Prepared> prepare(const CheckArguments& arguments, Opener& opener,
                                  const Progress& progress = {});

/// The same under a policy that is at hand.
support::Result<Prepared> prepare_with(LoadedPolicy policy, const CheckArguments& arguments,
                                       Opener& opener, const Progress& progress = {});

/// All rows judged and corrected, and the verdict of the run. Pure: reads nothing, so that it may
/// be called again on changed evidence.
verdict::GateResult judge(const Prepared& prepared, const CheckArguments& arguments,
                          const Progress& progress = {});

/// The reports that would be written over a file that this run has read, wherever that file was
/// named, over another report, or through a link that a change can commit.
support::Diagnostics misplaced_reports(const std::vector<ReportRequest>& reports, Opener& opener);

}  // namespace metricgate::cli
