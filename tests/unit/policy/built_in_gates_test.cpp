#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

TEST_CASE("the shipped gates are built in", "[policy]") {
    CHECK(built_in_gates() == std::vector<std::string>{"classifier", "drift", "latency", "ranking",
                                                       "regressor", "scalars"});
    CHECK(built_in_gate("nothing") == nullptr);
}

TEST_CASE("every shipped gate is a policy of its own", "[policy]") {
    for (const std::string& name : built_in_gates()) {
        INFO(name);
        const auto policy = parse(*built_in_gate(name), "metricgate:" + name, {});
        REQUIRE(policy.ok());
        CHECK(policy->inputs.size() == 1);
        CHECK_FALSE(policy->checks.empty());
    }
}

TEST_CASE("a policy builds on a shipped gate by name", "[policy]") {
    const auto policy = parse_text(
        "version: 1\nextends: metricgate:classifier\ninputs: {eval: {path: p.csv}}\n"
        "checks: [{id: recall, margin: {abs: 0.01}}]\n");
    REQUIRE(policy.ok());
    CHECK(policy->extends == std::vector<std::string>{"metricgate:classifier"});
    CHECK(policy->inputs.at(0).columns.at("score").both == "score");
    bool found = false;
    for (const Check& check : policy->checks) {
        if (check.id.value == "recall") {
            found = true;
            CHECK(check.margin->absolute->value == 0.01);
            CHECK(*check.metric.where.file == "metricgate:classifier");
        }
    }
    CHECK(found);
}
