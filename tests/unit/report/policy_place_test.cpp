#include "report/policy_place.h"

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;

namespace {

report::PolicyPlace place_in(const std::string& file, const std::string& revision) {
    verdict::GateResult result = tests::sample_of(verdict::Status::regressed);
    result.checks.front().rule.where = support::in_file(file, 14, 5);
    result.policy.source = file;
    result.policy.revision = revision;
    return report::place_of(&result.checks.front(), result.policy);
}

}  // namespace

TEST_CASE("a row stands at the line of its check", "[report]") {
    const auto place = place_in("gates/a.yaml", "worktree");
    CHECK(place.file == "gates/a.yaml");
    CHECK(place.line == 14);
    CHECK(place.column == 5);
}

TEST_CASE("a policy that was read from a commit is shown where the work tree has it", "[report]") {
    const auto place = place_in("HEAD^1:gates/a.yaml", std::string(40, 'a'));
    CHECK(place.file == "gates/a.yaml");
    CHECK(place.line == 14);
}

TEST_CASE("a leading ./ is no part of a path that hosts know", "[report]") {
    CHECK(place_in("./gates/a.yaml", "worktree").file == "gates/a.yaml");
}

TEST_CASE("a shipped gate is no file: the place where a policy would stand", "[report]") {
    const auto place = place_in("metricgate:classifier", "worktree");
    CHECK(place.file == ".metricgate.yaml");
    CHECK(place.line == 1);
}

TEST_CASE("the run stands at the first line of the policy", "[report]") {
    const auto result = tests::sample_fail();
    CHECK(report::place_of(nullptr, result.policy).file == ".metricgate.yaml");
    CHECK(report::place_of(nullptr, result.policy).line == 1);
    CHECK(report::place_of(nullptr, {}).file == ".metricgate.yaml");
}

TEST_CASE("a fingerprint knows the check and the slice, and neither numbers nor revision",
          "[report]") {
    verdict::GateResult result = tests::sample_slices();
    const auto& first = result.checks[0];
    const std::string before = report::fingerprint(&first, result.policy);
    CHECK(before.size() == 32);
    CHECK(before != report::fingerprint(&result.checks[1], result.policy));
    CHECK(before != report::fingerprint(nullptr, result.policy));
    result.checks[0].comparison->delta = -0.9;
    result.checks[0].status = verdict::Status::pass;
    CHECK(before == report::fingerprint(&first, result.policy));
}
