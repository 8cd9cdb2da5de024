// Which part of a log is judged.
#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

namespace {

Lines selecting(const std::string& settings) {
    Lines lines = problems_of(input_with("kind: metrics, select: {" + settings + "}"));
    for (std::string& line : lines) {
        line = line.substr(line.find("select"));
    }
    return lines;
}

}  // namespace

TEST_CASE("a selection is read with all it says", "[policy]") {
    const auto policy =
        parse_text(input_with("kind: metrics, allow_different: cpu, select: {run: {candidate: a, "
                              "baseline: 2}, metrics: [acc*, loss], step: last, allow_unfinished: "
                              "true}"));
    REQUIRE(policy.ok());
    const Input& input = policy->inputs[0];
    CHECK(input.allow_different.at(0).value == "cpu");
    const LogSelection& selection = input.select;
    CHECK(selection.run->per_side);
    CHECK(selection.run->candidate == "a");
    CHECK(selection.run->baseline == "2");
    CHECK(selection.metrics.at(1).value == "loss");
    CHECK(selection.step->value == "last");
    CHECK(selection.allow_unfinished);
    const auto one = parse_text(input_with("kind: metrics, select: {run: a}"));
    REQUIRE(one.ok());
    CHECK_FALSE(one->inputs[0].select.run->per_side);
    CHECK(one->inputs[0].select.run->both == "a");
}

TEST_CASE("a selection that does not say what it means is refused", "[policy]") {
    CHECK(
        selecting("run: {candidate: a}") ==
        Lines{"select.run.baseline: found nothing, but it is required; name a run for each side"});
    CHECK(selecting("run: [a]") == Lines{"select.run: found a list, wanted a text or a number"});
    CHECK(selecting("allow_unfinished: yes") ==
          Lines{"select.allow_unfinished: found the text 'yes', wanted true or false"});
    CHECK(problems_of(input_with("kind: samples, select: {step: last}")) ==
          Lines{"p.yaml:2:40: inputs.eval.select: it needs kind: metrics; remove it, or change the "
                "kind"});
}
