#include "cli/baseline_options.h"

#include <algorithm>

namespace metricgate::cli {
namespace {

using policy::InputKind;
using support::Diagnostics;

/// A name before `=` that is no input of the policy would be read by nobody.
void check_spec_names(const Plan& plan, const std::vector<Spec>& specs, const char* option,
                      Diagnostics& problems) {
    const auto used = std::count_if(plan.inputs.begin(), plan.inputs.end(), takes_specs);
    for (const Spec& spec : specs) {
        const bool known =
            std::any_of(plan.inputs.begin(), plan.inputs.end(), [&](const PlannedInput& input) {
                return takes_specs(input) && input.source.name == spec.input;
            });
        if (spec.input.empty() ? used == 1 : known) {
            continue;
        }
        const std::string why =
            !spec.input.empty() ? "the policy uses no input '" + spec.input + "'"
            : used == 0         ? "no check of the policy reads it; all that they "
                                  "compare with is pinned by `anchor`"
                                : "the policy has several inputs; write INPUT=" + spec.path;
        problems.push_back(usage_problem(std::string(option) + " " + spec.path + ": " + why));
    }
}

/// The past of a history is its baseline.
void refuse_baselines_of_histories(const Plan& plan, const CheckArguments& arguments,
                                   Diagnostics& problems) {
    for (const PlannedInput& input : plan.inputs) {
        for (const Spec& spec : arguments.baselines) {
            const bool meant = spec.input.empty() || spec.input == input.source.name;
            if (takes_specs(input) && input.source.kind == InputKind::history && meant) {
                problems.push_back(usage_problem("--baseline " + spec.path + ": input '" +
                                                 input.source.name +
                                                 "' is a history, which is compared with its own "
                                                 "past; it takes no --baseline"));
            }
        }
    }
}

/// Runs of a side that is not read, or has no runs.
void refuse_unread_runs(const Plan& plan, const CheckArguments& arguments, Diagnostics& problems) {
    const bool any_log = std::ranges::any_of(plan.inputs, [](const PlannedInput& each) {
        return each.used &&
               (each.source.kind == InputKind::metrics || each.source.kind == InputKind::history);
    });
    if (!any_log && !(arguments.candidate_run.empty() && arguments.baseline_run.empty())) {
        problems.push_back(usage_problem(
            "--candidate-run and --baseline-run name runs of recorded metrics, and no input of "
            "the policy is of kind metrics"));
        return;
    }
    const bool named = !arguments.baselines.empty() || !arguments.baseline_revision.empty() ||
                       !arguments.baseline_merge_base.empty();
    const bool read = std::ranges::any_of(plan.inputs, [&](const PlannedInput& each) {
        return each.used && each.source.kind == InputKind::metrics &&
               (named || each.anchor || each.needs_baseline);
    });
    if (!arguments.baseline_run.empty() && !read) {
        problems.push_back(usage_problem("--baseline-run " + arguments.baseline_run +
                                         " names a run of a baseline, and none is read: no check "
                                         "compares recorded metrics with one"));
    }
}

}  // namespace

Diagnostics refuse_unread_options(const Plan& plan, const CheckArguments& arguments,
                                  Opener& opener) {
    Diagnostics problems;
    check_spec_names(plan, arguments.candidates, "candidate", problems);
    check_spec_names(plan, arguments.baselines, "--baseline", problems);
    if (problems.empty()) {
        refuse_baselines_of_histories(plan, arguments, problems);
    }
    refuse_unread_runs(plan, arguments, problems);
    if (!arguments.baseline_revision.empty() || !arguments.baseline_merge_base.empty()) {
        if (const auto commit = opener.baseline_commit(arguments); !commit) {
            problems.insert(problems.end(), commit.problems().begin(), commit.problems().end());
        }
    }
    return problems;
}

}  // namespace metricgate::cli
