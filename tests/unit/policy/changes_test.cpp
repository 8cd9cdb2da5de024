#include "policy/changes.h"

#include "support/catch.h"

using namespace metricgate;

namespace {

constexpr const char* own = "version: 1\nextends: base.yaml\nchecks:\n  - {id: a, level: warn}\n";

/// The policy above, with this text as the file that it extends; "": there is none.
policy::PolicyText extending(const std::string& base) {
    return {
        own, "policy.yaml",
        [base](const std::string&, const support::Location& where) -> support::Result<std::string> {
            if (base.empty()) {
                return support::Diagnostic{where, "is not there"};
            }
            return base;
        }};
}

std::string base_with(const std::string& rules) {
    return "version: 1\nchecks:\n  - {id: a, metric: accuracy, " + rules + "}\n";
}

}  // namespace

TEST_CASE("what an extended file says otherwise is a change of the policy", "[policy]") {
    const auto changes = policy::merged_changes(extending(base_with("margin: {abs: 0.01}")),
                                                extending(base_with("margin: {abs: 0.5}")));
    REQUIRE(changes);
    CHECK(*changes == std::vector<std::string>{"a.margin.abs: 0.01 -> 0.5"});
}

TEST_CASE("what the policy itself says again is no change of it", "[policy]") {
    const auto changes =
        policy::merged_changes(extending(base_with("margin: {abs: 0.01}, level: block")),
                               extending(base_with("margin: {abs: 0.01}, level: info")));
    REQUIRE(changes);
    CHECK(changes->empty());
}

TEST_CASE("a policy whose extended file is gone cannot be compared", "[policy]") {
    CHECK_FALSE(policy::merged_changes(extending(base_with("margin: {abs: 0.01}")), extending("")));
}
