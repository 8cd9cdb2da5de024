#include "cli/selftest_command.h"

#include <algorithm>

#include "cli/output.h"
#include "cli/prepare.h"
#include "cli/selftest.h"
#include "report/selftest_formats.h"

namespace metricgate::cli {
namespace {

std::string render(const verdict::SelftestResult& result, const std::string& format,
                   const report::Style& style) {
    return std::ranges::find(report::selftest_formats(), format, &report::SelftestFormat::name)
        ->render(result, style);
}

const char* word_of(int code) {
    return code == 0 ? "pass" : code == 1 ? "fail" : "could_not_judge";
}

}  // namespace

int selftest_command(const CheckArguments& arguments, const Streams& streams, const World& world) {
    Opener opener = open_world(arguments, world);
    ProgressLine line(streams);
    auto prepared = prepare(arguments, opener, line.listener());
    support::Diagnostics problems = misplaced_reports(arguments.reports, opener);
    if (!prepared) {
        problems = prepared.problems();
    }
    int code = 2;
    Reports reports(arguments.reports, streams, opener);
    if (problems.empty()) {
        const auto progress = [&](const std::string& check) {
            line.show("damaging what " + check + " looks at");
        };
        const auto result = selftest(std::move(*prepared), arguments, progress);
        line.clear();
        code = result.exit_code;
        problems =
            write_reports(reports, [&](const std::string& format, const report::Style& style) {
                return render(result, format, style);
            });
    }
    if (!problems.empty()) {
        // A check that cannot go red stays one; anything else needs its report, and what an earlier
        // run left must not speak for this one.
        code = code == 1 ? 1 : 2;
        if (code == 2) {
            problems = joined(std::move(problems), remove_reports(arguments.reports, opener));
        }
        print(streams.error, describe_all(problems));
    }
    if (!print(streams.error, closing_line(word_of(code), code)) && code == 0) {
        return 2;
    }
    if (problems.empty() || code == 1) {
        reports.keep();
    }
    return code;
}

}  // namespace metricgate::cli
