#include "cli/waivers_command.h"

#include "cli/output.h"
#include "cli/plan.h"
#include "cli/policy_source.h"
#include "cli/prepare.h"
#include "cli/waivers.h"
#include "report/escape.h"
#include "support/text.h"
#include "verdict/waivers.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Result;
using verdict::Waiver;
using verdict::WaiverState;

std::string days(int count) {
    return support::count_of(static_cast<std::size_t>(count), "day", "days");
}

std::string when(const Waiver& waiver) {
    if (waiver.state == WaiverState::lapsed) {
        return "lapsed after " + waiver.expires + ", " + days(-waiver.days_left) + " ago";
    }
    const std::string until =
        "until " + waiver.expires + ", " +
        (waiver.days_left == 0 ? "its last day" : days(waiver.days_left) + " left");
    return waiver.state == WaiverState::too_long
               ? until + ": does not count, as it ends more than " + days(verdict::longest_waiver) +
                     " ahead"
               : until;
}

std::string line(const Waiver& waiver) {
    return support::describe(waiver.where) + ": " + verdict::target(waiver) + ": " + when(waiver) +
           "; covers " + verdict::covered_loss(waiver) + "; " + waiver.owner + ": " + waiver.reason;
}

bool is_asked_for(const Waiver& waiver, const WaiversArguments& arguments) {
    const bool lapsed = waiver.state == WaiverState::lapsed;
    const bool soon =
        arguments.expiring_in && !lapsed && waiver.days_left <= *arguments.expiring_in;
    return (arguments.expired && lapsed) || soon;
}

Result<std::vector<Waiver>> read(const WaiversArguments& arguments, const World& world) {
    if (!arguments.now) {
        return usage_problem("the date is not known; name it with --now");
    }
    Opener opener(world.files,
                  arguments.policy_revision == "auto" ? ci_context(world) : sources::CiContext{},
                  arguments.trust_repository);
    const auto loaded = load_policy(arguments.policy, arguments.policy_revision, opener);
    if (!loaded) {
        return loaded.problems();
    }
    if (!loaded->has_value()) {
        return usage_problem("there is no .metricgate.yaml here or above; name a policy");
    }
    const auto plan = make_plan((*loaded)->policy, {});
    if (!plan) {
        return plan.problems();
    }
    return waivers_on((*loaded)->policy, *arguments.now, false);
}

}  // namespace

int waivers_command(const WaiversArguments& arguments, const Streams& streams, const World& world) {
    const auto waivers = read(arguments, world);
    if (!waivers) {
        print(streams.error, describe_all(waivers.problems()));
        print(streams.error, closing_line("could_not_judge", 2));
        return 2;
    }
    const bool filtered = arguments.expired || arguments.expiring_in.has_value();
    bool decide = false;
    std::string text;
    for (const Waiver& waiver : *waivers) {
        const bool asked = is_asked_for(waiver, arguments);
        const bool too_long = waiver.state == WaiverState::too_long;
        decide = decide || asked || too_long;
        if (!filtered || asked || too_long) {
            text += report::terminal_sentence(line(waiver)) + "\n";
        }
    }
    if (text.empty()) {
        text = waivers->empty() ? "The policy has no waivers.\n" : "No waiver needs a decision.\n";
    }
    const int code = decide ? 1 : 0;
    return print(streams.out, report::guard_workflow_lines(text)) ? code : 2;
}

}  // namespace metricgate::cli
