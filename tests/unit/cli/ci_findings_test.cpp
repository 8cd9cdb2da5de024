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

TEST_CASE("whatever stands behind the gate and takes its exit code is found", "[cli]") {
    const std::string gate = "- run: metricgate check --policy-rev a ";
    for (const char* behind :
         {"||true", "|| echo done", "; echo done", ";echo done", "& wait", "&", "|tee log",
          "|& tee log", "2>&1 | tee log", "--candidate \"a b\" || true", "--candidate it's || true",
          "|| { echo; exit 1; }", "|| exit 0", "$(echo a) ; true", "${{ a }} || true"}) {
        INFO(behind);
        CHECK(found(gate + behind + "\n").size() == 1);
    }
    for (const char* behind :
         {"", "2>&1", ">log", "&>log", "&& echo passed", "|| exit 1", "|| exit $?", ";",
          "--candidate 'a;b|c&d'", "--baseline-rev $(git merge-base a b || echo c)",
          "--baseline-rev ${{ a.b || 'main' }}", "# || true", "--candidate a#b", "$(a)$(b | c)",
          "$(a; b)"}) {
        INFO(behind);
        CHECK(found(gate + behind + "\n").empty());
    }
    CHECK(found("- run: bash -c 'metricgate check --policy-rev a' || true\n") == Lines{"1 the"});
    CHECK(found("- run: 'metricgate check --policy-rev a; true'\n") == Lines{"1 the"});
    CHECK(found("- \"$PWD/bin/metricgate\" check --policy-rev a || true\n") == Lines{"1 the"});
    CHECK(found("script: [metricgate check --policy-rev a, 'echo a; echo b']\n").empty());
    CHECK(found("- metricgate check --policy-rev a --x \"b #c\" || true\n") == Lines{"1 the"});
}

TEST_CASE("an exit code that a variable keeps is kept if the script ends with it", "[cli]") {
    const std::string gate = "- run: |\n    metricgate check --policy-rev a ";
    CHECK(found(gate + "|| code=$?\n    echo a; echo b\n    exit \"$code\"\n").empty());
    CHECK(found(gate + "|| code=$?\n    exit ${code}\n").empty());
    CHECK(found(gate + "|| code=$?\n    echo \"$code\"\n") == Lines{"2 the"});
    CHECK(found(gate + "|| code=$?\n    exit $other\n") == Lines{"2 the"});
    CHECK(found(gate + "; true || code=$?\n    exit $code\n") == Lines{"2 the"});
}

TEST_CASE("a command is looked at over all its lines", "[cli]") {
    CHECK(found("- run: >-\n    metricgate check --policy-rev a\n    | tee log\n  shell: bash\n") ==
          Lines{"2 a"});
    CHECK(found("- run: >\n    metricgate check\n    --policy-rev a\n- run: a; b\n").empty());
    CHECK(found("- run: |\n    metricgate check --policy-rev a \\\n      || true\n") ==
          Lines{"2 the"});
    CHECK(found("- run: |\n    metricgate check --policy-rev a ||\n      true\n") ==
          Lines{"2 the"});
    CHECK(found("- run: |\n    metricgate \\\n      check --policy-rev a\n    a; b | c\n").empty());
    CHECK(found("- metricgate check --policy-rev a\n  --report text; true\n- a | b\n") ==
          Lines{"1 the"});
    CHECK(found("- |\n  metricgate check --policy-rev a\n  a | b\n").empty());
}

TEST_CASE("what lets the step go on, or never begin, is found", "[cli]") {
    for (const char* line : {"set +e", "set +ex", "set +xe", "set +o errexit"}) {
        INFO(line);
        CHECK(found(good + "- run: " + line + "\n") == Lines{"2 set"});
    }
    CHECK(found(good + "- run: set -e\n- run: set +x\n").empty());
    for (const char* line : {"  if: false", "- if: false", "  if: ${{ false }}", "  if: 'false'",
                             "  condition: false"}) {
        INFO(line);
        CHECK(found(good + line + "\n") == Lines{"2 a"});
    }
    CHECK(found(good + "  if: always()\n").empty());
    CHECK(found(good + "  continueOnError: true\n") == Lines{"2 continueOnError"});
}

TEST_CASE("a revision of the change itself is found", "[cli]") {
    for (const char* line :
         {"- metricgate check --policy-rev worktree", "- metricgate check --policy-rev=HEAD",
          "- metricgate check --policy-rev '@'", "- metricgate check --policy-rev $CI_COMMIT_SHA",
          "- metricgate check --policy-rev ${{ github.sha }}",
          "- metricgate check --policy-rev a --baseline-rev HEAD"}) {
        INFO(line);
        CHECK(found(std::string(line) + "\n") == Lines{"1 the"});
    }
    const std::string action = "- uses: someone/metricgate@v1\n  with:\n";
    CHECK(found(action + "    policy-revision: worktree\n") == Lines{"3 the"});
    CHECK(found(action + "    policy-revision: \"HEAD\"\n") == Lines{"3 the"});
    CHECK(found(action + "    baseline-revision: HEAD\n") == Lines{"3 the"});
    CHECK(found(action + "    policy-revision: auto\n    baseline-revision: main\n").empty());
    CHECK(found("- metricgate check --policy-rev HEAD^1 --baseline-rev HEAD~2\n").empty());
    CHECK(found("- metricgate check --policy-rev $CI_MERGE_REQUEST_DIFF_BASE_SHA\n").empty());
    CHECK(found("- metricgate check --policy-rev ${{ github.event.pull_request.base.sha }}\n")
              .empty());
}

TEST_CASE("a Jenkinsfile has comments and lines of its own", "[cli]") {
    const auto in_jenkins = [](const std::string& text) {
        return ci_findings("Jenkinsfile", text).size();
    };
    const std::string gate = "metricgate check --policy-rev auto";
    CHECK(in_jenkins("sh '" + gate + "';\n// metricgate check || true\n") == 0);
    CHECK(in_jenkins("sh '" + gate + " || true'\n") == 1);
    CHECK(in_jenkins("sh(returnStatus: true, script: '" + gate + "')\n") == 1);
    CHECK(in_jenkins("sh '''\n  " + gate + " \\\n    | tee log\n'''\n") == 1);
}

TEST_CASE("comments do no harm", "[cli]") {
    CHECK(found(good + "# metricgate check --no-fail || true\n").empty());
    CHECK_FALSE(runs_metricgate("ci.yml", "# metricgate check\n"));
    CHECK(runs_metricgate("ci.yml", good));
    CHECK(runs_metricgate("ci.yml", "- uses: someone/metricgate@v1\n"));
}

TEST_CASE("a policy of the change itself and a checkout of one commit are found", "[cli]") {
    CHECK(found("- run: metricgate check\n") == Lines{"1 the"});
    CHECK(found("- uses: actions/checkout@v4\n" + good) == Lines{"1 the"});
    CHECK(found("- uses: actions/checkout@v4\n  with: {fetch-depth: 2}\n" + good).empty());
}
