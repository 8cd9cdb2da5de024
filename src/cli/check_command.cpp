#include "cli/check_command.h"

#include <algorithm>

#include "cli/gallery.h"
#include "cli/next_steps.h"
#include "cli/output.h"
#include "cli/prepare.h"
#include "cli/where_to_look.h"

namespace metricgate::cli {

using support::Diagnostics;
using support::Result;

namespace {

bool shows_evidence(const std::vector<ReportRequest>& reports) {
    return std::ranges::any_of(reports, [](const ReportRequest& request) {
        return report::find(request.format)->shows_evidence;
    });
}

}  // namespace

int check_command(const CheckArguments& arguments, const Streams& streams, const World& world) {
    Opener opener = open_world(arguments, world);
    ProgressLine line(streams);
    const auto prepared = prepare(arguments, opener, line.listener());
    auto result = prepared
                      ? Result<verdict::GateResult>(judge(*prepared, arguments, line.listener()))
                      : Result<verdict::GateResult>(prepared.problems());
    if (result) {
        result->next_steps = next_steps(*result, where_to_look(*prepared, *result));
    }
    line.clear();
    if (Diagnostics misplaced = misplaced_reports(arguments.reports, opener);
        result && !misplaced.empty()) {
        result = std::move(misplaced);
    }
    if (!result) {
        // An earlier run's report would speak for this one.
        print(streams.error,
              describe_all(joined(result.problems(), remove_reports(arguments.reports, opener))));
        print(streams.error, closing_line("could_not_judge", 2));
        return 2;
    }
    const report::Gallery gallery =
        shows_evidence(arguments.reports) ? gather_gallery(*prepared, *result) : report::Gallery();
    const auto render = [&result, &gallery](const std::string& format, report::Style style) {
        style.gallery = &gallery;
        return report::find(format)->render(*result, style);
    };
    Reports reports(arguments.reports, streams, opener);
    // A fail stays a fail; anything else cannot be trusted without its report, and no report may
    // say that all is well when the run does not.
    const bool stays = result->verdict == verdict::Verdict::fail && result->exit_code == 1;
    Diagnostics problems;
    const auto distrust = [&] {
        if (!stays && result->exit_code != 2) {
            result->verdict = verdict::Verdict::could_not_judge;
            result->exit_code = 2;
            const Diagnostics left = reports.rewrite_files(render);
            problems.insert(problems.end(), left.begin(), left.end());
        }
    };
    for (const auto write :
         {&Reports::write_files, &Reports::write_devices, &Reports::write_output}) {
        const Diagnostics unwritten = (reports.*write)(render);
        if (!unwritten.empty()) {
            problems.insert(problems.end(), unwritten.begin(), unwritten.end());
            distrust();
        }
    }
    print(streams.error, describe_all(problems));
    const std::string closing = closing_line(verdict::name(result->verdict), result->exit_code);
    if (!print(streams.error, closing) && result->exit_code == 0) {
        distrust();
    }
    reports.keep();
    return result->exit_code;
}

}  // namespace metricgate::cli
