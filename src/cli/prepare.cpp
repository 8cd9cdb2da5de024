#include "cli/prepare.h"

#include <algorithm>
#include <map>

#include "cli/baseline_options.h"
#include "cli/default_gate.h"
#include "cli/evaluate.h"
#include "cli/next_steps.h"
#include "cli/output.h"
#include "cli/output_place.h"
#include "cli/waivers.h"
#include "support/doomed_files.h"
#include "support/text.h"
#include "verdict/judge.h"
#include "verdict/unable_to_fail.h"
#include "verdict/waivers.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Result;

Result<LoadedPolicy> find_policy(const CheckArguments& arguments, Opener& opener) {
    auto loaded = load_policy(arguments.policy, arguments.policy_revision, opener);
    if (!loaded) {
        return loaded.problems();
    }
    if (loaded->has_value()) {
        return std::move(**loaded);
    }
    return default_gate(arguments, opener);
}

Result<std::vector<std::optional<LoadedInput>>> load_inputs(const Plan& plan,
                                                            const CheckArguments& arguments,
                                                            const std::string& policy_directory,
                                                            Opener& opener,
                                                            const Progress& progress) {
    Diagnostics problems = refuse_unread_options(plan, arguments, opener);
    if (!problems.empty()) {
        return problems;
    }
    std::vector<std::optional<LoadedInput>> inputs(plan.inputs.size());
    for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
        if (!plan.inputs[i].used) {
            continue;
        }
        if (progress) {
            progress("reading input " + plan.inputs[i].source.name);
        }
        auto loaded = load(plan, i, arguments, policy_directory, opener);
        if (loaded) {
            inputs[i] = std::move(*loaded);
        } else {
            problems = joined(std::move(problems), loaded.problems());
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    return inputs;
}

/// Waivers are the only thing that depends on the day.
void excuse(const LoadedPolicy& loaded, const policy::Date& today, verdict::Strictness strictness,
            verdict::GateResult& result) {
    result.waivers = waivers_on(loaded.policy, today, loaded.of_the_change);
    if (!result.waivers.empty()) {
        result.waivers_on = policy::to_text(today);
        verdict::apply_waivers(result, strictness);
    }
    result.warnings.insert(result.warnings.end(), loaded.loosened_waivers.begin(),
                           loaded.loosened_waivers.end());
}

}  // namespace

sources::CiContext ci_context(const World& world) {
    sources::CiContext ci;
    for (const std::string& name : sources::ci_variables()) {
        const auto found = world.environment.find(name);
        if (found != world.environment.end()) {
            ci.variables.emplace_back(name, found->second);
        }
    }
    const auto event = world.environment.find("GITHUB_EVENT_PATH");
    if (event != world.environment.end() && !event->second.empty()) {
        const auto bytes = world.files.read(event->second, std::size_t{64} << 20,
                                            support::PathTrust::command_line, "");
        if (bytes) {
            ci.event_file = std::string(bytes->view());
        }
    }
    return ci;
}

verdict::Correction to_correction(policy::Multiplicity multiplicity) {
    switch (multiplicity) {
        case policy::Multiplicity::holm:
            return verdict::Correction::holm;
        case policy::Multiplicity::hochberg:
            return verdict::Correction::hochberg;
        case policy::Multiplicity::bh:
            return verdict::Correction::benjamini_hochberg;
        case policy::Multiplicity::by:
            return verdict::Correction::benjamini_yekutieli;
        case policy::Multiplicity::none:
            return verdict::Correction::none;
    }
    return verdict::Correction::holm;
}

Opener open_world(const CheckArguments& arguments, const World& world) {
    // The CI's word on the base is asked for only when `auto` needs it.
    Opener opener(world.files,
                  arguments.baseline_revision == "auto" || arguments.policy_revision == "auto"
                      ? ci_context(world)
                      : sources::CiContext{},
                  arguments.trust_repository, world.environment, world.now);
    for (const std::vector<Spec>* specs : {&arguments.candidates, &arguments.baselines}) {
        for (const Spec& spec : *specs) {
            if (!spec.tracker && spec.revision.empty()) {
                opener.spare(spec.path);
            }
        }
    }
    if (!arguments.policy.empty()) {
        opener.spare(arguments.policy);
    }
    if (world.is_process) {
        support::doom_files(old_reports(arguments.reports, opener));
    }
    return opener;
}

namespace {

/// Where the bytes of one report arrive: a place of the disk, or a stream by its name.
support::WrittenPlace place_of(const std::string& name, support::FileSystem& files) {
    if (!is_stream_of_run(name)) {
        return output_place(name, files);
    }
    // The shell may have led standard output into a file that another report would replace.
    const bool in_file = name == standard_output && files.identify(name).known;
    const std::string file = in_file ? output_place(name, files).path : "";
    return {file.empty() ? name_of_output(name) : file, ""};
}

}  // namespace

Diagnostics misplaced_reports(const std::vector<ReportRequest>& reports, Opener& opener) {
    Diagnostics problems;
    std::map<std::string, std::string> names;  // of the files that are named, where they are
    for (const ReportRequest& request : reports) {
        const bool is_printed = name_of_output(request.path) == standard_output;
        const std::string path = is_printed ? std::string(standard_output) : request.path;
        const support::WrittenPlace place = place_of(path, opener.files());
        if (!place.refusal.empty()) {
            problems.push_back({support::in_file(path), place.refusal});
        } else if (opener.has_read(path)) {
            problems.push_back({support::in_file(path),
                                "is an input of this run and would be overwritten by its report; "
                                "name another file"});
        } else if (const auto [first, is_new] = names.emplace(place.path, path);
                   !is_new && !place.path.empty()) {
            problems.push_back({support::in_file(path),
                                "is the same file as " + support::visible(first->second) +
                                    ", which another report is written to; give each its own"});
        }
    }
    return problems;
}

Result<Prepared> prepare(const CheckArguments& arguments, Opener& opener,
                         const Progress& progress) {
    auto policy = find_policy(arguments, opener);
    if (!policy) {
        return policy.problems();
    }
    return prepare_with(std::move(*policy), arguments, opener, progress);
}

Result<Prepared> prepare_with(LoadedPolicy policy, const CheckArguments& arguments, Opener& opener,
                              const Progress& progress) {
    auto plan = make_plan(policy.policy, arguments);
    if (!plan) {
        return plan.problems();
    }
    for (PlannedInput& input : plan->inputs) {
        input.policy_commit = policy.commit;
    }
    auto inputs = load_inputs(*plan, arguments, policy.directory, opener, progress);
    if (!inputs) {
        return inputs.problems();
    }
    return Prepared{std::move(policy), std::move(*plan), std::move(*inputs)};
}

verdict::GateResult judge(const Prepared& prepared, const CheckArguments& arguments,
                          const Progress& progress) {
    Evaluation evaluation = evaluate(prepared.plan, prepared.inputs, arguments, progress);
    verdict::GateResult result;
    result.checks = std::move(evaluation.rows);
    result.warnings = std::move(evaluation.warnings);
    if (!prepared.policy.warning.empty()) {
        result.warnings.insert(result.warnings.begin(), prepared.policy.warning);
    }
    result.policy = prepared.policy.info;
    result.seed = prepared.policy.policy.seed;
    result.program_version = METRICGATE_VERSION;
    for (const auto& input : prepared.inputs) {
        if (input) {
            result.inputs.push_back(input->info);
            result.not_compared = result.not_compared || input->baseline_absent;
        }
    }
    verdict::correct_for_multiplicity(result.checks,
                                      to_correction(prepared.policy.policy.multiplicity));
    const verdict::Strictness strictness{arguments.strict, arguments.no_fail};
    if (arguments.now) {
        excuse(prepared.policy, *arguments.now, strictness, result);
    }
    verdict::conclude(result, evaluation.declared, strictness);
    if (std::string unable = verdict::warning_of_unable(result.checks); !unable.empty()) {
        result.warnings.push_back(std::move(unable));
    }
    result.next_steps = next_steps(result);
    return result;
}

}  // namespace metricgate::cli
