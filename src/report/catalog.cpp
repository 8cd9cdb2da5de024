#include "report/catalog.h"

#include <algorithm>

#include "report/explain_formats.h"
#include "report/formats.h"
#include "report/power.h"
#include "report/selftest_formats.h"

namespace metricgate::report {

const std::vector<Format>& catalog() {
    static const std::vector<Format> formats = {
        {"text", "for a terminal: the rows that need attention, then the rest", render_text,
         "metricgate: "},
        {"markdown", "for job summaries, comments and mail: one screen, details folded",
         render_markdown, "# metricgate: "},
        {"markdown:comment", "the same in at most 60 KiB, which a pull request's comment takes",
         render_markdown_comment, "# metricgate: "},
        {"json", "everything, in full precision; schemas/report.schema.json", render_json,
         R"("schema": "metricgate.report/)"},
        {"junit", "JUnit XML for GitLab, Jenkins and Azure: a test case a row", render_junit,
         R"(<testsuite name="metricgate")"},
        {"sarif", "SARIF 2.1.0 for GitHub code scanning: findings at lines of the policy",
         render_sarif, R"("name": "metricgate")"},
        {"github", "annotations of a GitHub Actions log, the worst first", render_github,
         "title=metricgate"},
        {"codequality", "GitLab's Code Quality report", render_codequality, R"("check_name": ")"},
        {"openmetrics", "gauges for GitLab's metrics reports and Prometheus", render_openmetrics,
         "metricgate_verdict{"},
        {"tap", "Test Anything Protocol 13: a test point a row", render_tap, "TAP version 13\n"},
        {"csv", "a table of all rows for spreadsheets and scripts", render_csv,
         "kind,check,slice,metric,"},
        {"html", "one page to look at: charts and tables, nothing outside of the file", render_html,
         "<title>metricgate: ", true},
        {"dotenv", "verdict and counts as NAME=VALUE lines, for a pipeline's later steps",
         render_dotenv, "METRICGATE_VERDICT="},
    };
    return formats;
}

const Format* find(std::string_view name) {
    const auto& formats = catalog();
    const auto found = std::find_if(formats.begin(), formats.end(),
                                    [name](const Format& format) { return format.name == name; });
    return found == formats.end() ? nullptr : &*found;
}

bool is_report(std::string_view bytes) {
    constexpr std::size_t near = 4096;
    constexpr std::string_view no_findings = "[]\n";  // codequality, of a run that passes
    if (bytes == no_findings) {
        return true;
    }
    const std::string_view start = bytes.substr(0, near);
    const auto bears_its_mark = [&](const auto& format) {
        return start.find(format.mark) != std::string_view::npos;
    };
    return std::ranges::any_of(catalog(), bears_its_mark) ||
           std::ranges::any_of(power_catalog(), bears_its_mark) ||
           std::ranges::any_of(selftest_formats(), bears_its_mark) ||
           std::ranges::any_of(explain_formats(), bears_its_mark);
}

}  // namespace metricgate::report
