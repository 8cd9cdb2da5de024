#include "report/provenance.h"

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;
using report::terminal_sink;

TEST_CASE("the age of a baseline is counted between the two commits", "[report]") {
    auto input = tests::sample_input();
    CHECK(report::baseline_age(input) == "12 days older");
    input.baseline->commit_time = *input.candidate.commit_time - 86'400;
    CHECK(report::baseline_age(input) == "1 day older");
    input.baseline->commit_time = *input.candidate.commit_time - 3600;
    CHECK(report::baseline_age(input) == "less than a day older");
    input.baseline->commit_time = *input.candidate.commit_time + 2 * 86'400;
    CHECK(report::baseline_age(input) == "2 days newer");
    input.baseline->commit_time = input.candidate.commit_time;
    CHECK(report::baseline_age(input) == "same age");
    input.candidate.commit_time.reset();
    CHECK(report::baseline_age(input).empty());
}

TEST_CASE("an input's line names both sides and what was paired", "[report]") {
    auto input = tests::sample_input();
    input.pairing->only_candidate = 2;
    CHECK(report::input_line(input, false, terminal_sink) ==
          "Candidate eval/predictions.csv (commit aaaabbbbcccc) against baseline "
          "main:eval/predictions.csv (commit 0123456789ab, 12 days older): 1,200 examples paired; "
          "0 only in the baseline and 2 only in the candidate.");
    input.baseline.reset();
    input.pairing.reset();
    input.candidate.commit.clear();
    CHECK(report::input_line(input, true, terminal_sink) ==
          "eval: candidate eval/predictions.csv, no baseline.");
}

TEST_CASE("the policy's line says whether the change under judgement touched it", "[report]") {
    verdict::PolicyInfo policy = tests::sample_pass().policy;
    CHECK(report::policy_line(policy, terminal_sink) ==
          "Policy .metricgate.yaml at 0123456789ab, the same in the work tree.");
    policy.changed = true;
    policy.changes = {"a: 1 -> 2", "b: 1 -> 2", "c: 1 -> 2", "d: 1 -> 2"};
    CHECK(report::policy_line(policy, terminal_sink) ==
          "Policy .metricgate.yaml at 0123456789ab. The work tree's policy differs and did not "
          "count: a: 1 -> 2, b: 1 -> 2, c: 1 -> 2 and 1 more.");
    policy = {};
    policy.source = "metricgate:classifier";
    policy.built_in = true;
    CHECK(
        report::policy_line(policy, terminal_sink) ==
        "Policy metricgate:classifier, the shipped gate that fits the evidence, because no policy "
        "was given.");
    policy.built_in = false;
    policy.revision = "worktree";
    CHECK(report::policy_line(policy, terminal_sink) ==
          "Policy metricgate:classifier from the work tree.");
}
