#include "cli/power_command.h"

#include "cli/output.h"
#include "cli/prepare.h"
#include "report/power.h"
#include "verdict/power.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Result;
using verdict::PowerResult;

Result<PowerResult> analyse(const CheckArguments& arguments, Opener& opener,
                            const Progress& progress) {
    auto prepared = prepare(arguments, opener, progress);
    if (!prepared) {
        return prepared.problems();
    }
    // Noise may break a limit too, and it shows in the interval of the candidate's own value.
    for (PlannedCheck& check : prepared->plan.checks) {
        check.options.candidate_interval = check.options.candidate_interval ||
                                           check.rule.minimum.has_value() ||
                                           check.rule.maximum.has_value();
    }
    const verdict::GateResult judged = judge(*prepared, arguments, progress);
    if (progress) {
        progress("simulating the policy as a whole");
    }
    return verdict::analyse_power(judged, to_correction(prepared->policy.policy.multiplicity));
}

}  // namespace

int power_command(const CheckArguments& arguments, const Streams& streams, const World& world) {
    Opener opener = open_world(arguments, world);
    ProgressLine line(streams);
    auto result = analyse(arguments, opener, line.listener());
    line.clear();
    if (Diagnostics misplaced = misplaced_reports(arguments.reports, opener);
        result && !misplaced.empty()) {
        result = std::move(misplaced);
    }
    Reports reports(arguments.reports, streams, opener);
    const Diagnostics problems =
        result ? write_reports(reports,
                               [&result](const std::string& format, const report::Style& style) {
                                   return report::find_power(format)->render(*result, style);
                               })
               : result.problems();
    const bool written = problems.empty();
    if (!written) {
        // An earlier run's report would speak for this one; those of this run go with `reports`.
        print(streams.error,
              describe_all(joined(problems, remove_reports(arguments.reports, opener))));
    }
    const verdict::PowerAnswer answer =
        written ? result->answer : verdict::PowerAnswer::could_not_analyse;
    const int code = verdict::exit_code(answer);
    if (!print(streams.error, closing_line(verdict::name(answer), code)) && code == 0) {
        return 2;
    }
    if (written) {
        reports.keep();
    }
    return code;
}

}  // namespace metricgate::cli
