#include "policy/changes.h"

#include "support/catch.h"
#include "support/node.h"

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

namespace {

std::vector<std::string> changes_of(const std::string& judged, const std::string& other) {
    return policy::changes(*support::parse_yaml("version: 1\n" + judged, "a.yaml"),
                           *support::parse_yaml("version: 1\n" + other, "b.yaml"));
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("what is added, removed and said otherwise is named by its path", "[policy]") {
    CHECK(changes_of("seed: 1\nchecks: [{id: a, max: 1, of: [x, y]}]\n",
                     "checks: [{id: a, max: 2, of: [x, z], min: 0}]\nmultiplicity: none\n") ==
          Lines{"a.max: 1 -> 2", "a.of.1: y -> z", "seed: removed (was 1)", "a.min: added (0)",
                "multiplicity: added (none)"});
}

TEST_CASE("values are named as a policy writes them", "[policy]") {
    CHECK(changes_of("inputs: {eval: {a: true, b: false, c: ~, d: '1'}}\n",
                     "inputs: {eval: {a: false, b: ~, c: true, d: 1.0}}\n") ==
          Lines{"eval.a: true -> false", "eval.b: false -> null", "eval.c: null -> true",
                "eval.d: 1 -> 1.0"});
}

TEST_CASE("a waiver is known by its check and slice, wherever it stands", "[policy]") {
    const std::string first = "{check: a, reason: r}";
    const std::string second = "{check: a, slice: {device: phone, language: tr}, reason: ";
    CHECK(changes_of("waivers: [" + first + ", " + second + "s}]\n",
                     "waivers: [" + second + "t}, " + first + "]\n") ==
          Lines{"waivers.a[device=phone][language=tr].reason: s -> t"});
    CHECK(changes_of("checks: [{max: 1}]\n", "checks: [{max: 2}]\n") == Lines{"0.max: 1 -> 2"});
}

TEST_CASE("the merged settings of the whole policy are compared", "[policy]") {
    const auto merged = [](const std::string& rest) {
        const auto whole = [](const std::string& more) {
            return "version: 1\n" + more + "checks:\n  - {id: a, metric: accuracy, min: 0.5}\n";
        };
        const std::string before = whole("");
        const std::string after = whole(rest);
        const auto none = [](const std::string&, const support::Location& where) {
            return support::Result<std::string>(support::Diagnostic{where, "is not there"});
        };
        return policy::merged_changes({before, "policy.yaml", none}, {after, "policy.yaml", none});
    };
    CHECK(*merged("seed: 7\nmultiplicity: bh\n") ==
          Lines{"multiplicity: added (bh)", "seed: added (7)"});
    CHECK(*merged("defaults: {level: warn}\n") == Lines{"defaults.level: added (warn)"});
    CHECK(merged("extends: metricgate:scalars\n")->front() ==
          "extends: added (metricgate:scalars)");
    CHECK_FALSE(merged("extends: [\n"));
}

TEST_CASE("a policy that judged and can no longer be read cannot be compared", "[policy]") {
    CHECK_FALSE(policy::merged_changes(extending(""), extending(base_with("margin: {abs: 0.01}"))));
}
