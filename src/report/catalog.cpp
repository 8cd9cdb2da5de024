#include "report/catalog.h"

#include <algorithm>

#include "report/formats.h"

namespace metricgate::report {

const std::vector<Format>& catalog() {
    static const std::vector<Format> formats = {
        {"text", "for a terminal: the rows that need attention, then the rest", render_text},
        {"markdown", "for job summaries, comments and mail: one screen, details folded",
         render_markdown},
        {"markdown:comment", "the same in at most 60 KiB, which a pull request's comment takes",
         render_markdown_comment},
        {"json", "everything, in full precision; schemas/report.schema.json", render_json},
        {"junit", "JUnit XML for GitLab, Jenkins and Azure: a test case a row", render_junit},
        {"sarif", "SARIF 2.1.0 for GitHub code scanning: findings at lines of the policy",
         render_sarif},
        {"github", "annotations of a GitHub Actions log, the worst first", render_github},
        {"codequality", "GitLab's Code Quality report", render_codequality},
        {"openmetrics", "gauges for GitLab's metrics reports and Prometheus", render_openmetrics},
        {"tap", "Test Anything Protocol 13: a test point a row", render_tap},
        {"csv", "a table of all rows for spreadsheets and scripts", render_csv},
        {"html", "one page to look at: charts and tables, nothing outside of the file", render_html,
         true},
        {"dotenv", "verdict and counts as NAME=VALUE lines, for a pipeline's later steps",
         render_dotenv},
    };
    return formats;
}

const Format* find(std::string_view name) {
    const auto& formats = catalog();
    const auto found = std::find_if(formats.begin(), formats.end(),
                                    [name](const Format& format) { return format.name == name; });
    return found == formats.end() ? nullptr : &*found;
}

}  // namespace metricgate::report
