#include "cli/baseline_options.h"

#include <algorithm>

#include "cli/sides.h"

namespace metricgate::cli {
namespace {

using policy::InputKind;
using support::Diagnostics;

/// Why nobody would read `spec`; empty where an input takes it.
std::string why_unread(const Plan& plan, const Spec& spec, bool is_baseline) {
    const auto is_meant = [&](const PlannedInput& input) {
        return input.used && (spec.input.empty() || input.source.name == spec.input);
    };
    if (std::ranges::none_of(plan.inputs, is_meant)) {
        return spec.input.empty() ? "no check of the policy reads it"
                                  : "the policy uses no input '" + spec.input + "'";
    }
    const bool pinned = std::ranges::none_of(plan.inputs, [&](const PlannedInput& input) {
        return is_meant(input) && takes_baselines(input);
    });
    if (is_baseline && pinned) {
        return "no check of the policy reads it; all that they compare with is pinned by `anchor`";
    }
    return !spec.input.empty() || reads_one_input(plan)
               ? ""
               : "the policy has several inputs; write INPUT=" + spec.path;
}

/// What nobody would read must not look as if it had been judged.
void check_specs(const Plan& plan, const std::vector<Spec>& specs, bool is_baseline,
                 Diagnostics& problems) {
    for (const Spec& spec : specs) {
        const std::string why = why_unread(plan, spec, is_baseline);
        if (!why.empty()) {
            problems.push_back(usage_problem(
                std::string(is_baseline ? "--baseline " : "candidate ") + spec.path + ": " + why));
        }
    }
}

/// The past of a history is its baseline.
void refuse_baselines_of_histories(const Plan& plan, const CheckArguments& arguments,
                                   Diagnostics& problems) {
    for (const PlannedInput& input : plan.inputs) {
        for (const Spec& spec : arguments.baselines) {
            const bool meant = spec.input.empty() || spec.input == input.source.name;
            if (takes_baselines(input) && input.source.kind == InputKind::history && meant) {
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
    check_specs(plan, arguments.candidates, false, problems);
    check_specs(plan, arguments.baselines, true, problems);
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
