#include "cli/ci_findings.h"

#include "support/catch.h"

using metricgate::cli::ci_findings;
using metricgate::cli::runs_metricgate;

namespace {

/// "LINE first word" of each finding.
std::vector<std::string> found(const std::string& text) {
    std::vector<std::string> lines;
    for (const auto& finding : ci_findings("ci.yml", text)) {
        lines.push_back(std::to_string(finding.where.line) + " " +
                        finding.message.substr(0, finding.message.find(' ')));
    }
    return lines;
}

using Lines = std::vector<std::string>;
const std::string good = "- run: metricgate check --policy-rev HEAD^1\n";

}  // namespace

TEST_CASE("what swallows the exit code is found at its line", "[cli]") {
    CHECK(found(good).empty());
    CHECK(found(good + "- run: metricgate check --no-fail\n") == Lines{"2 --no-fail"});
    CHECK(found(good + "  continue-on-error: true\n") == Lines{"2 continue-on-error"});
    CHECK(found(good + "  continue-on-error: ${{ inputs.trial }}\n") ==
          Lines{"2 continue-on-error"});
    CHECK(found(good + "  continue-on-error: false\n").empty());
    CHECK(found(good + "  allow_failure: true\n") == Lines{"2 allow_failure"});
    CHECK(found("- metricgate check --policy-rev a || true\n") == Lines{"1 the"});
    CHECK(found("- metricgate check --policy-rev a | tee log\n") == Lines{"1 a"});
    CHECK(found("- metricgate check --policy-rev a || exit 1\n").empty());
    CHECK(found("- cat a | grep b && metricgate check --policy-rev a\n").empty());
}

TEST_CASE("comments do no harm", "[cli]") {
    CHECK(found(good + "# metricgate check --no-fail || true\n").empty());
    CHECK_FALSE(runs_metricgate("# metricgate check\n"));
    CHECK(runs_metricgate(good));
    CHECK(runs_metricgate("- uses: someone/metricgate@v1\n"));
}

TEST_CASE("a policy of the change itself and a checkout of one commit are found", "[cli]") {
    CHECK(found("- run: metricgate check\n") == Lines{"1 the"});
    CHECK(found("- uses: actions/checkout@v4\n" + good) == Lines{"1 the"});
    CHECK(found("- uses: actions/checkout@v4\n  with: {fetch-depth: 2}\n" + good).empty());
}
