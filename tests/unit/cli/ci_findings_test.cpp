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

TEST_CASE("whatever stands before the gate and takes its exit code is found", "[cli]") {
    const std::string gate = "metricgate check --policy-rev a";
    for (const std::string& line :
         {"- run: |\n    ! " + gate + "\n", "- run: |\n    ! " + gate + "\n    exit 0\n",
          "- run: |\n    ! " + gate + "\n    exit \n", "- run: echo \"$(" + gate + ")\"\n",
          "- export X=$(" + gate + ")\n", "- echo `" + gate + "`\n", "- echo " + gate + "\n",
          "- make && printf '%s' " + gate + "\n", "- test -n \"$(" + gate + ")\"\n"}) {
        INFO(line);
        CHECK(found(line).size() == 1);
    }
    for (const std::string& line :
         {"- X=$(" + gate + ")\n", "- X=\"$(" + gate + ")\"\n", "- echo a && " + gate + "\n",
          "- echo $(date); " + gate + "\n", "- cd $(dirname a) && " + gate + "\n",
          "- ( cd a && " + gate + " )\n", "- timeout 60 " + gate + "\n",
          "- if [ -n \"$X\" ]; then " + gate + "; fi\n", "- run: |\n    ! " + gate + " && exit 1\n",
          "- run: |\n    if ! " + gate + "; then\n      exit 1\n    fi\n",
          "- echo '::group::metricgate check'\n- " + gate + "\n"}) {
        INFO(line);
        CHECK(found(line).empty());
    }
}

TEST_CASE("traps and shells that swallow a fail are found", "[cli]") {
    CHECK(found("- run: |\n    trap 'exit 0' EXIT\n    metricgate check --policy-rev a\n") ==
          Lines{"2 the"});
    CHECK(found("- run: |\n    trap 'exit 0' INT\n    metricgate check --policy-rev a\n").empty());
    CHECK(found("- metricgate selftest --allow-identical\n" + good).empty());
    CHECK(found(good + "  shell: bash {0}\n") == Lines{"2 this"});
    CHECK(found(good + "  shell: bash +e {0}\n") == Lines{"2 this"});
    CHECK(found(good + "  shell: bash --noprofile --norc -eo pipefail {0}\n").empty());
    CHECK(found(good + "  shell: bash\n").empty());
    CHECK(found("- run: metricgate check --policy-rev a --allow-identical\n") ==
          Lines{"1 --allow-identical"});
}

TEST_CASE("events that judge the base are found", "[cli]") {
    const std::string job =
        "jobs:\n  gate:\n    steps:\n      - run: metricgate check --policy-rev auto\n";
    for (const char* events : {"pull_request", "[push, pull_request]", "{pull_request: {}}",
                               "{merge_group: }", "workflow_dispatch"}) {
        INFO(events);
        CHECK(found("on: " + std::string(events) + "\n" + job).empty());
    }
    CHECK(found("on: pull_request_target\n" + job) == Lines{"1 pull_request_target"});
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
    for (const char* line :
         {"  if: false", "  if: ${{ false }}", "  if: 'false'", "  condition: false"}) {
        INFO(line);
        CHECK(found(good + line + "\n") == Lines{"2 a"});
    }
    CHECK(found(good + "  if: always()\n").empty());
    CHECK(found(good + "- if: false\n  run: make notes\n").empty());
    CHECK(found("- if: false\n  run: metricgate check --policy-rev a\n") == Lines{"1 a"});
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

TEST_CASE("only what the job of the gate says counts", "[cli]") {
    const std::string workflow =
        "on: pull_request\n"
        "jobs:\n"
        "  lint:\n"
        "    continue-on-error: true\n"
        "    steps:\n"
        "      - uses: actions/checkout@v4\n"
        "      - run: make lint || true\n"
        "  gate:\n";
    const std::string steps =
        "    steps:\n"
        "      - uses: actions/checkout@v4\n"
        "        with: {fetch-depth: 2}\n"
        "      - run: metricgate check --policy-rev HEAD^1\n";
    CHECK(found(workflow + steps).empty());
    CHECK(found(workflow + "    continue-on-error: true\n" + steps) ==
          Lines{"9 continue-on-error"});
    CHECK(found(workflow + "    if: false\n" + steps) == Lines{"9 a"});
    CHECK(found(workflow + steps + "      - run: make notes || true\n") == Lines{"13 the"});
    CHECK(found(workflow + "    steps:\n      - uses: actions/checkout@v4\n"
                           "        with: {fetch-depth: 1}\n"
                           "      - uses: someone/metricgate@v1\n") == Lines{"11 the"});
    CHECK(found("env: {OPTIONS: --no-fail}\n" + workflow + steps) == Lines{"1 --no-fail"});
    CHECK(found(workflow + "    steps:\n      - run: metricgate check $OPTIONS\n"
                           "env: {OPTIONS: --policy-rev auto}\n")
              .empty());
    CHECK(found(workflow + "    uses: someone/metricgate/.github/workflows/gate.yml@v1\n"
                           "    if: ${{ false }}\n") == Lines{"10 a"});
}

TEST_CASE("keys of GitLab's jobs are found where they touch the gate", "[cli]") {
    const std::string lint = "lint:\n  script: [make lint || true]\n  allow_failure: true\n";
    const std::string gate = lint + "gate:\n  script: [metricgate check --policy-rev a]\n";
    CHECK(found(gate).empty());
    CHECK(found(gate + "  allow_failure: true\n") == Lines{"6 allow_failure"});
    CHECK(found(gate + "  allow_failure: {exit_codes: [3]}\n").empty());
    CHECK(found(gate + "  allow_failure: {exit_codes: 1}\n") == Lines{"6 allow_failure"});
    CHECK(found(gate + "  allow_failure: {exit_codes: [3, 2]}\n") == Lines{"6 allow_failure"});
    CHECK(found(gate + "  when: manual\n") == Lines{"6 when:"});
    CHECK(found(gate + "  when: manual\n  allow_failure: false\n").empty());
    CHECK(found(gate + "  when: never\n") == Lines{"6 a"});
    CHECK(found(gate + "  when: on_failure\n") == Lines{"6 when:"});
    CHECK(found(gate + "  variables: {GIT_DEPTH: 1}\n") == Lines{"6 GIT_DEPTH:"});
    CHECK(found("variables: {GIT_DEPTH: \"1\"}\n" + gate) == Lines{"1 GIT_DEPTH:"});
    CHECK(found(lint +
                "gate:\n  script: [make]\n  after_script: [metricgate check --policy-rev a]\n") ==
          Lines{"6 nobody"});
}

TEST_CASE("rules of GitLab that leave the gate out are told from those that choose", "[cli]") {
    const std::string gate = "gate:\n  script: [metricgate check --policy-rev a]\n  rules:\n";
    CHECK(found(gate + "    - if: $CI_COMMIT_TAG\n      when: never\n    - when: on_success\n")
              .empty());
    CHECK(found(gate + "    - if: $CI_MERGE_REQUEST_IID\n    - when: never\n").empty());
    CHECK(found(gate + "    - when: never\n    - if: $CI_MERGE_REQUEST_IID\n") == Lines{"4 when:"});
    CHECK(found(gate + "    - if: $A\n      when: never\n    - when: never\n") == Lines{"6 when:"});
    CHECK(found(gate + "    - if: $A\n      allow_failure: true\n") == Lines{"5 allow_failure"});
    // In rules, a job that waits for somebody blocks the pipeline.
    CHECK(found(gate + "    - when: manual\n").empty());
    CHECK(found(gate + "    - when: manual\n      allow_failure: true\n") ==
          Lines{"5 allow_failure"});
}

TEST_CASE("what a GitLab job inherits counts like its own", "[cli]") {
    const std::string hidden =
        ".gate:\n  script: [metricgate check --policy-rev a]\n  allow_failure: true\n";
    CHECK(found(hidden + "quality:\n  extends: .gate\n") == Lines{"3 allow_failure"});
    CHECK(found(hidden + "quality:\n  extends: .gate\n  allow_failure: false\n").empty());
    CHECK(found(".soft: {allow_failure: true}\n"
                "quality:\n  extends: [.soft]\n  script: [metricgate check --policy-rev a]\n") ==
          Lines{"1 allow_failure"});
    CHECK(found(".a: {extends: .b}\n.b: {extends: .a}\n"
                "quality:\n  extends: .a\n  script: [metricgate check --policy-rev a]\n")
              .empty());
}

TEST_CASE("a file that the strict parser refuses is read by its lines", "[cli]") {
    const std::string anchored =
        "x: &x {a: b}\ngate:\n  <<: *x\n  script: [metricgate check --policy-rev a]\n";
    CHECK(found(anchored).empty());
    CHECK(found(anchored + "  allow_failure: true\n") == Lines{"5 allow_failure"});
    CHECK(found(anchored + "  when: manual\n") == Lines{"5 when:"});
    CHECK(found(anchored + "  variables: {GIT_DEPTH: 1}\n") == Lines{"5 the"});
    CHECK(found(anchored + "  if: false\n") == Lines{"5 a"});
    CHECK(found("a: &x\n- uses: actions/checkout@v4\n  with: {fetch-depth: 1}\n" + good) ==
          Lines{"3 the"});
}

TEST_CASE("errors that a Jenkinsfile catches around the gate are found", "[cli]") {
    const auto in_jenkins = [](const std::string& text) {
        return ci_findings("Jenkinsfile", text).size();
    };
    const std::string gate = "  sh 'metricgate check --policy-rev auto'\n}\n";
    CHECK(in_jenkins("catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') {\n" + gate) == 1);
    CHECK(in_jenkins("warnError('worse') {\n" + gate) == 1);
    // The build stays red by default.
    CHECK(in_jenkins("catchError {\n" + gate) == 0);
    CHECK(in_jenkins("catchError(buildResult: 'SUCCESS') {\n  sh 'make'\n}\nnode {\n" + gate) == 0);
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
