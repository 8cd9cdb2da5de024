#include "report/catalog.h"

#include <algorithm>
#include <array>

#include "report/calibration.h"
#include "report/explain_formats.h"
#include "report/formats.h"
#include "report/history.h"
#include "report/phrases.h"
#include "report/power.h"
#include "report/selftest_formats.h"

namespace metricgate::report {
namespace {

constexpr std::string_view sarif_mark =
    "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
    "  \"version\": \"2.1.0\",\n  \"runs\": [\n    {\n      \"tool\": {\n        \"driver\": {\n"
    "          \"name\": \"metricgate\"";
constexpr std::string_view html_mark =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
    "'sha256-";

/// Annotations begin with a command and a place before they name themselves.
bool is_annotation(std::string_view bytes, std::string_view mark) {
    constexpr std::size_t near = 4096;
    return bytes.starts_with("::") && bytes.substr(0, near).find(mark) != std::string_view::npos;
}

/// "metricgate: " alone may begin somebody's note; with a verdict behind it, it is a report.
bool names_a_verdict(std::string_view text) {
    using verdict::Verdict;
    constexpr std::array verdicts = {Verdict::pass, Verdict::fail, Verdict::undecided,
                                     Verdict::could_not_judge};
    return std::ranges::any_of(
        verdicts, [text](Verdict verdict) { return text.starts_with(verdict_word(verdict)); });
}

bool bears(std::string_view bytes, std::string_view mark) {
    return is_annotation(bytes, mark) ||
           (bytes.starts_with(mark) && (!mark.ends_with("metricgate: ") || mark.starts_with('[') ||
                                        names_a_verdict(bytes.substr(mark.size()))));
}

}  // namespace

const std::vector<Format>& catalog() {
    static const std::vector<Format> formats = {
        {"text", "for a terminal: the rows that need attention, then the rest", render_text,
         "metricgate: "},
        {"markdown", "for job summaries, comments and mail: one screen, details folded",
         render_markdown, "# metricgate: "},
        {"markdown:comment", "the same in at most 60 KiB, which a pull request's comment takes",
         render_markdown_comment, "# metricgate: "},
        {"json", "everything, in full precision; schemas/report.schema.json", render_json,
         "{\n  \"schema\": \"metricgate.report/"},
        {"junit", "JUnit XML for GitLab, Jenkins and Azure: a test case a row", render_junit,
         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite "
         "name=\"metricgate\""},
        {"sarif", "SARIF 2.1.0 for GitHub code scanning: findings at lines of the policy",
         render_sarif, sarif_mark},
        {"github", "annotations of a GitHub Actions log, the worst first", render_github,
         "title=metricgate"},
        {"codequality", "GitLab's Code Quality report", render_codequality,
         "[\n  {\n    \"description\": \""},
        {"openmetrics", "gauges for GitLab's metrics reports and Prometheus", render_openmetrics,
         "# HELP metricgate_verdict "},
        {"tap", "Test Anything Protocol 13: a test point a row", render_tap, "TAP version 13\n"},
        {"csv", "a table of all rows for spreadsheets and scripts", render_csv,
         "kind,check,slice,metric,"},
        {"html", "one page to look at: charts and tables, nothing outside of the file", render_html,
         html_mark, true},
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

bool is_report(std::string_view bytes, std::string_view format) {
    constexpr std::string_view no_findings = "[]\n";
    // Other tools write Code Quality too: only where one of ours belongs.
    const auto is_ours = [&](const Format& each) {
        return each.name != "codequality" || format == each.name;
    };
    const auto bears_its_mark = [bytes](const auto& each) { return bears(bytes, each.mark); };
    return (format == "codequality" && bytes == no_findings) ||
           std::ranges::any_of(
               catalog(),
               [&](const Format& each) { return is_ours(each) && bears_its_mark(each); }) ||
           std::ranges::any_of(power_catalog(), bears_its_mark) ||
           std::ranges::any_of(history_formats(), bears_its_mark) ||
           std::ranges::any_of(calibration_formats(), bears_its_mark) ||
           std::ranges::any_of(selftest_formats(), bears_its_mark) ||
           std::ranges::any_of(explain_formats(), bears_its_mark);
}

}  // namespace metricgate::report
