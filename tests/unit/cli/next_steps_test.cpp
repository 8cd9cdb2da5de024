// What a report advises fits what kept a check from being compared.
#include "cli/next_steps.h"

#include "support/catch.h"
#include "verdict/judge.h"

using namespace metricgate;

namespace {

std::vector<std::string> steps_of(bool paired, bool different) {
    verdict::GateResult result;
    verdict::InputInfo input;
    input.name = "eval";
    if (paired) {
        input.pairing.emplace();
    }
    input.different_examples = different;
    result.inputs.push_back(input);
    verdict::Rule rule;
    rule.id = "acc";
    rule.input = "eval";
    result.checks.push_back(verdict::explain(rule, verdict::Status::incomparable, "why"));
    return cli::next_steps(result, std::nullopt);
}

}  // namespace

TEST_CASE("only where examples are paired are the same ones asked for", "[cli]") {
    using Steps = std::vector<std::string>;
    CHECK(steps_of(true, false) ==
          Steps{"Evaluate both sides on the same examples, so that acc can be compared."});
    const Steps alike = {
        "Measure both sides alike, as the reason says, so that acc can be compared."};
    CHECK(steps_of(false, false) == alike);
    CHECK(steps_of(true, true) == alike);
}
