#include "cli/explain_command.h"

#include <algorithm>

#include "cli/explain.h"
#include "cli/output.h"
#include "cli/prepare.h"
#include "report/explain_formats.h"

namespace metricgate::cli {

int explain_command(const ExplainArguments& arguments, const Streams& streams, const World& world) {
    Opener opener = open_world(arguments.evidence, world);
    ProgressLine line(streams);
    const auto prepared = prepare(arguments.evidence, opener, line.listener());
    auto explained = prepared ? explain(*prepared, arguments.evidence, arguments.check,
                                        arguments.examples, line.listener())
                              : support::Result<verdict::Explanation>(prepared.problems());
    line.clear();
    support::Diagnostics problems = misplaced_reports(arguments.evidence.reports, opener);
    if (!explained) {
        problems = explained.problems();
    }
    Reports reports(arguments.evidence.reports, streams, opener);
    if (problems.empty()) {
        problems =
            write_reports(reports, [&](const std::string& format, const report::Style& style) {
                return std::ranges::find(report::explain_formats(), format,
                                         &report::ExplainFormat::name)
                    ->render(*explained, style);
            });
    }
    if (!problems.empty()) {
        // An earlier run's report would speak for this one.
        problems = joined(std::move(problems), remove_reports(arguments.evidence.reports, opener));
    }
    print(streams.error, describe_all(problems));
    const int code = problems.empty() ? 0 : 2;
    const bool told =
        print(streams.error, closing_line(code == 0 ? "explained" : "could_not_judge", code));
    if (told && code == 0) {
        reports.keep();
    }
    return told ? code : 2;
}

}  // namespace metricgate::cli
