// Charts, anchors, budgets and histories: what a policy says of more than two sides.
#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

namespace {

/// The problems of a check with `settings`, without their place and the check's name.
Lines of_check(const std::string& settings) {
    Lines lines = problems_of(check_with(settings));
    for (std::string& line : lines) {
        line = line.substr(line.find("checks.a") + std::string("checks.a").size());
    }
    return lines;
}

Lines of_input(const std::string& settings) {
    Lines lines = problems_of(input_with(settings));
    for (std::string& line : lines) {
        line = line.substr(line.find("inputs.eval") + std::string("inputs.eval").size());
    }
    return lines;
}

}  // namespace

TEST_CASE("a chart is read with all it says", "[policy]") {
    const auto policy = parse_text(check_with(
        "chart: {type: ewma, sides: both, limits_from: 30, sigma_floor: 0.001, width: 2.7, weight: "
        "0.2, accepted: [{key: v2, reason: new labels}]}"));
    REQUIRE(policy.ok());
    const Chart& chart = *policy->checks[0].chart;
    CHECK(chart.type == ChartType::ewma);
    CHECK(chart.sides == ChartSides::both);
    CHECK(chart.limits_from->value == 30);
    CHECK(chart.sigma_floor->value == 0.001);
    CHECK(chart.width->value == 2.7);
    CHECK(chart.weight->value == 0.2);
    REQUIRE(chart.accepted.size() == 1);
    CHECK(chart.accepted[0].key.value == "v2");
    CHECK(chart.accepted[0].reason.value == "new labels");
    CHECK(of_check("chart: {type: cusum, allowance: 0.5, decision: 5}").empty());
    CHECK(of_check("chart: {type: moving_average, span: 5, width: 3}").empty());
    CHECK(
        of_check("chart: {type: individuals, rules: [beyond_three_sigma], sides: worse}").empty());
}

TEST_CASE("a setting of another type of chart is refused", "[policy]") {
    const auto other = [](const std::string& type, const std::string& setting) {
        return of_check("chart: {type: " + type + ", " + setting + "}");
    };
    CHECK(other("cusum", "rules: x") ==
          Lines{".chart.rules: it needs type: individuals; remove it, or change the type"});
    CHECK(other("individuals", "width: 3") ==
          Lines{".chart.width: it needs type: ewma or moving_average; remove it, or change the "
                "type"});
    CHECK(other("cusum", "weight: 0.2") ==
          Lines{".chart.weight: it needs type: ewma; remove it, or change the type"});
    CHECK(other("ewma", "allowance: 0.5, decision: 5") ==
          Lines{".chart.allowance: it needs type: cusum; remove it, or change the type",
                ".chart.decision: it needs type: cusum; remove it, or change the type"});
    CHECK(other("ewma", "span: 5") ==
          Lines{".chart.span: it needs type: moving_average; remove it, or change the type"});
}

TEST_CASE("a chart needs a type, and numbers within reason", "[policy]") {
    CHECK(of_check("chart: ewma").size() == 1);
    CHECK(of_check("chart: {}") ==
          Lines{".chart.type: found nothing, but it is required; individuals rings on single "
                "values, cusum and ewma on slow changes"});
    for (const char* count : {"19", "10001"}) {
        CHECK(of_check(std::string("chart: {type: ewma, limits_from: ") + count + "}") ==
              Lines{std::string(".chart.limits_from: found ") + count + ", wanted 20 to 10000"});
    }
    CHECK(of_check("chart: {type: ewma, limits_from: 20}").empty());
    CHECK(of_check("chart: {type: ewma, limits_from: 10000}").empty());
    CHECK(of_check("chart: {type: moving_average, span: 1}") ==
          Lines{".chart.span: found 1, wanted 2 to 1000"});
    for (const char* setting : {"sigma_floor: 0", "width: 10.5", "weight: 1.1", "weight: 0"}) {
        INFO(setting);
        const auto lines = of_check(std::string("chart: {type: ewma, ") + setting + "}");
        REQUIRE(lines.size() == 1);
        CHECK_THAT(lines[0], Catch::Matchers::EndsWith("wanted a number above 0, within reason"));
    }
}

TEST_CASE("a new level is accepted by its point and a reason", "[policy]") {
    const auto accepted = [](const std::string& list) {
        return of_check("chart: {type: ewma, accepted: " + list + "}");
    };
    CHECK(accepted("[]") ==
          Lines{".chart.accepted: found an empty list, wanted a list of {key: ..., reason: ...}"});
    CHECK(accepted("v2") ==
          Lines{".chart.accepted: found the text 'v2', wanted a list of {key: ..., reason: ...}"});
    CHECK(accepted("[v2]").size() == 1);
    CHECK(accepted("[{key: v2}]") ==
          Lines{".chart.accepted[1].reason: found nothing, but it is required; say why the new "
                "level is accepted"});
    CHECK(accepted("[{key: v1, reason: r}, {reason: r}]") ==
          Lines{".chart.accepted[2].key: found nothing, but it is required; name the point whose "
                "new level is accepted, by its key or commit"});
}

TEST_CASE("an anchor names one release", "[policy]") {
    const auto policy = parse_text(
        check_with("anchor: {rev: v1.4.0, margin: {abs: 0.02}}, budget: {rel: 5%, count: net}"));
    REQUIRE(policy.ok());
    const Check& check = policy->checks[0];
    CHECK(check.anchor->revision->value == "v1.4.0");
    CHECK(check.anchor->margin->absolute->value == 0.02);
    CHECK(check.budget->relative->value == 0.05);
    CHECK(check.budget->count == BudgetCount::net);
    CHECK(of_check("anchor: {path: old/metrics.json}").empty());
    CHECK(of_check("anchor: {key: v1, history: past}").empty());
    CHECK(of_check("anchor: v1").size() == 1);
    CHECK(of_check("anchor: {history: past}") ==
          Lines{".anchor: found 0 of rev, path and key, wanted one: the release that is compared "
                "with"});
    CHECK(of_check("anchor: {rev: v1, path: a.json, key: k}") ==
          Lines{".anchor: found 3 of rev, path and key, wanted one: the release that is compared "
                "with"});
    CHECK(of_check("anchor: {path: ../a.json}") ==
          Lines{".anchor.path: found '../a.json', wanted a file that stays inside the repository"});
}

TEST_CASE("a budget is a sum of losses since an anchor", "[policy]") {
    CHECK(of_check("anchor: {rev: v1}, budget: {abs: 0.03, count: losses}").empty());
    CHECK(of_check("min: 0.5, budget: {abs: 0.03}") ==
          Lines{".budget: it counts from an anchor, and the check has none; add anchor: {rev: "
                "v1.4.0}"});
    for (const char* budget : {"{}", "{count: net}", "{abs: 0.1, rel: 5%}"}) {
        INFO(budget);
        CHECK(of_check(std::string("anchor: {rev: v1}, budget: ") + budget) ==
              Lines{".budget: wanted either abs or rel, the sum of losses that may be accepted "
                    "since the anchor"});
    }
    CHECK(of_check("anchor: {rev: v1}, budget: 0.1").size() == 1);
    CHECK(of_check("anchor: {rev: v1}, budget: {abs: 0}") ==
          Lines{".budget.abs: found the number 0, wanted a number above 0, in the metric's units"});
    CHECK(of_check("anchor: {rev: v1}, budget: {rel: 5}").size() == 1);
}

TEST_CASE("a history says where its values come from", "[policy]") {
    const auto policy =
        parse_text(input_with("kind: history, from: git, path: m.json, key: step, window: 50, "
                              "candidate: new.json"));
    REQUIRE(policy.ok());
    const HistorySource& source = *policy->inputs[0].history;
    CHECK(source.from.value == "git");
    CHECK(source.key->value == "step");
    CHECK(source.window->value == 50);
    CHECK(source.candidate->value == "new.json");
    CHECK(of_input("kind: history") ==
          Lines{".from: found nothing, but it is required; say where the values over time come "
                "from: git, store, mlflow or file"});
    CHECK(of_input("kind: history, from: gti") ==
          Lines{".from: found the text 'gti', wanted git, store, mlflow or file (did you mean "
                "'git'?)"});
    CHECK(of_input("kind: history, from: git, window: 1") ==
          Lines{".window: found less than 2, wanted how many of the newest points are read; leave "
                "it out to read all"});
    CHECK(of_input("kind: history, from: git, candidate: /new.json") ==
          Lines{".candidate: found '/new.json', wanted a path that is relative, stays inside the "
                "repository and separates folders with /"});
}

TEST_CASE("a history refuses what is about examples, two sides or logs", "[policy]") {
    CHECK(of_input("kind: history, from: git, threshold: 0.5, pair_by: id, select: {step: last}") ==
          Lines{".threshold: it needs kind: predictions, metrics or samples; remove it, or change "
                "the kind",
                ".pair_by: it needs kind: predictions, metrics or samples; remove it, or change "
                "the kind",
                ".select: it needs kind: metrics; remove it, or change the kind"});
    CHECK(of_input("kind: metrics, from: git") ==
          Lines{".from: it needs kind: history; remove it, or change the kind"});
}
