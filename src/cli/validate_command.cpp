#include "cli/validate_command.h"

#include "cli/output.h"
#include "cli/plan.h"
#include "cli/policy_source.h"
#include "support/text.h"

namespace metricgate::cli {

int validate_command(const ValidateArguments& arguments, const Streams& streams,
                     const World& world) {
    Opener opener(world.files, {}, arguments.trust_repository);
    const auto loaded = load_policy(arguments.policy, arguments.policy_revision, opener);
    support::Diagnostics problems = loaded.problems();
    if (loaded && !loaded->has_value()) {
        problems.push_back({support::in_file("command line"),
                            "there is no .metricgate.yaml here or above; name a policy"});
    }
    if (!problems.empty()) {
        print(streams.error, describe_all(problems));
        print(streams.error, closing_line("could_not_judge", 2));
        return 2;
    }
    const auto plan = make_plan((*loaded)->policy, {});
    if (!plan) {
        print(streams.error, describe_all(plan.problems()));
        print(streams.error, closing_line("could_not_judge", 2));
        return 2;
    }
    const std::string text = (*loaded)->info.source + ": valid, " +
                             support::count_of(plan->checks.size(), "check", "checks") + " on " +
                             support::count_of(plan->inputs.size(), "input", "inputs") + "\n";
    return print(streams.out, support::visible(text.substr(0, text.size() - 1), 0) + "\n") ? 0 : 2;
}

}  // namespace metricgate::cli
