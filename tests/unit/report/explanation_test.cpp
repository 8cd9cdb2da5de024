// What `explain` prints: every section, and names that stay inert.
#include <nlohmann/json.hpp>

#include "report/explain_formats.h"
#include "support/catch.h"

using namespace metricgate;

namespace {

verdict::Explanation sample() {
    verdict::Explanation explanation;
    auto& row = explanation.row;
    row.rule.id = "accuracy";
    row.rule.metric = row.rule.name = "accuracy";
    row.rule.margin.absolute = 0.02;
    row.status = verdict::Status::regressed;
    row.reason = "the loss is real and reaches the margin";
    row.margin = 0.02;
    comparison::Comparison comparison;
    comparison.baseline = metrics::Value::of(0.9);
    comparison.candidate = metrics::Value::of(0.85);
    comparison.delta = -0.05;
    comparison.interval = stats::Interval{-0.08, -0.02, 0.95};
    comparison.method = "tango";
    comparison.n = 300;
    comparison.facts = {{"succeed_on_both", 250.0}};
    row.comparison = comparison;
    explanation.definition = "right / all";
    explanation.needs = "label and prediction";
    explanation.chosen = "the first in the order of preference that applies";
    explanation.passed_over = {{"flips", "it counts over both sides"}};
    explanation.steps = {{"Is the loss real, beyond noise?", "the upper end -0.02 against 0: yes"}};
    explanation.examples_are = "examples whose predicted class changed";
    explanation.harm_is = "1: right before and wrong now";
    explanation.examples = {{"e|1", "1", "1", "0", 1.0}};
    explanation.examples_in_all = 24;
    explanation.policy.source = "policy.yaml";
    return explanation;
}

}  // namespace

TEST_CASE("every form of an explanation bears its mark", "[report]") {
    for (const report::ExplainFormat& format : report::explain_formats()) {
        const std::string rendered = format.render(sample(), {});
        CHECK(rendered.substr(0, 200).find(format.mark) != std::string::npos);
        CHECK(report::is_report(rendered, "json"));
    }
}

TEST_CASE("a terminal shows definition, method, numbers, decision and examples", "[report]") {
    CHECK(report::render_explanation_text(sample(), {}) ==
          R"(metricgate explain: accuracy is regressed

Policy policy.yaml.

Metric
  name: accuracy
  definition: right / all
  direction: higher is better
  needs: label and prediction

Method
  name: tango
  chosen because: the first in the order of preference that applies
  not flips: it counts over both sides

Numbers that went in
  size: 300 examples
  succeed on both: 250

Result, a minus is worse
  baseline: 0.9
  candidate: 0.85
  change: -0.05
  interval of the change: [-0.08, -0.02], the 90 % interval
  tolerated loss: 0.02

Decision, step by step
  Is the loss real, beyond noise? the upper end -0.02 against 0: yes
  Answer: regressed: the loss is real and reaches the margin

1 of 24 examples whose predicted class changed, worst first
  Harm: 1: right before and wrong now.
id   label  before  after  harm
e|1  1      1       0      1
)");
}

TEST_CASE("hostile ids and labels stay inert in every format", "[report]") {
    verdict::Explanation explanation = sample();
    explanation.examples = {{"<img src=x>|`y`", "\x1b[31m", "::error::", "@team #1", 1.0}};
    explanation.row.rule.slice = {{"group", "a|b\n::warning::"}};
    for (const std::string& text : {report::render_explanation_text(explanation, {}),
                                    report::render_explanation_markdown(explanation, {}),
                                    report::render_explanation_json(explanation, {})}) {
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find("\n::") == std::string::npos);
    }
}

TEST_CASE("JSON carries full precision and the facts", "[report]") {
    const auto json = nlohmann::json::parse(report::render_explanation_json(sample(), {}));
    CHECK(json.at("schema") == "metricgate.explanation/1");
    CHECK(json.at("result").at("delta") == -0.05);
    CHECK(json.at("result").at("facts").at(0).at("name") == "succeed_on_both");
    CHECK(json.at("examples").at(0).at("id") == "e|1");
    CHECK(json.at("examples_in_all") == 24);
}
