#include "cli/validate_command.h"

#include "cli/output.h"
#include "cli/plan.h"
#include "cli/policy_source.h"
#include "cli/prepare.h"
#include "cli/waivers.h"
#include "report/escape.h"
#include "support/text.h"
#include "verdict/waivers.h"

namespace metricgate::cli {

int validate_command(const ValidateArguments& arguments, const Streams& streams,
                     const World& world) {
    Opener opener(world.files,
                  arguments.policy_revision == "auto" ? ci_context(world) : sources::CiContext{},
                  arguments.trust_repository);
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
    std::size_t lapsed = 0;
    if (arguments.now) {
        for (const auto& waiver : waivers_on((*loaded)->policy, *arguments.now, false)) {
            lapsed += waiver.state == verdict::WaiverState::lapsed ? 1U : 0U;
            if (waiver.state == verdict::WaiverState::too_long) {
                problems.push_back(
                    {waiver.where,
                     "waivers: found an end on " + waiver.expires + ", wanted one at most " +
                         std::to_string(verdict::longest_waiver) + " days ahead, on " +
                         policy::to_text(policy::later(*arguments.now, verdict::longest_waiver)) +
                         " or earlier"});
            }
        }
    }
    if (!problems.empty()) {
        print(streams.error, describe_all(problems));
        print(streams.error, closing_line("could_not_judge", 2));
        return 2;
    }
    const std::size_t waivers = (*loaded)->policy.waivers.size();
    const std::string excused =
        waivers == 0 ? ""
                     : ", " + support::count_of(waivers, "waiver", "waivers") +
                           (lapsed == 0 ? "" : " (" + std::to_string(lapsed) + " lapsed)");
    const std::string text = (*loaded)->info.source + ": valid, " +
                             support::count_of(plan->checks.size(), "check", "checks") + " on " +
                             support::count_of(plan->inputs.size(), "input", "inputs") + excused;
    const std::string line = support::visible(text, 0) + "\n";
    return print(streams.out, report::guard_workflow_lines(line)) ? 0 : 2;
}

}  // namespace metricgate::cli
