#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

TEST_CASE("a check that cannot fail is refused", "[policy]") {
    CHECK(problems_of(check_with("level: warn")) ==
          Lines{"p.yaml:3:5: checks.a: the check cannot fail; give it margin, min, max, max_gain "
                "or require: improvement"});
    for (const char* rule :
         {"margin: {abs: 0}", "min: 1", "max: 1", "max_gain: 1", "require: improvement"}) {
        INFO(rule);
        CHECK(problems_of(check_with(rule)).empty());
    }
}

TEST_CASE("equivalence needs the change that is still none", "[policy]") {
    CHECK(problems_of(check_with("require: equivalence, margin: {abs: 0.01}")).empty());
    CHECK(problems_of(check_with("require: equivalence")) ==
          Lines{"p.yaml:3:40: checks.a.require: found equivalence without a margin, wanted the "
                "change that is still no change; add one, such as margin: {abs: 0.01}"});
    const auto policy = parse_text(check_with("require: equivalence, margin: {abs: 0.01}"));
    REQUIRE(policy.ok());
    CHECK(policy->checks[0].require == Require::equivalence);
}

TEST_CASE("a check needs an id of its own that can stand anywhere", "[policy]") {
    const auto with_id = [](const std::string& id) {
        return problems_of("version: 1\nchecks: [{id: " + id + ", metric: accuracy, min: 0.5}]\n");
    };
    CHECK(with_id("a.B_9-c").empty());
    CHECK(with_id(std::string(100, 'a')).empty());
    CHECK(with_id("'a b'") == Lines{"p.yaml:2:15: checks[1].id: found 'a b', wanted letters, "
                                    "digits, '.', '_' and '-' only"});
    CHECK(with_id(std::string(101, 'a')).size() == 1);
    CHECK(with_id("7") == Lines{"p.yaml:2:15: checks[1].id: found the number 7, wanted a text that "
                                "is not empty; quotes turn it into a text"});
    CHECK(problems_of("version: 1\nchecks: [{metric: accuracy, min: 0.5}]\n") ==
          Lines{"p.yaml:2:10: checks[1].id: found nothing, but it is required; give the check a "
                "name of its own, {id: accuracy, ...}"});
    CHECK(problems_of("version: 1\nchecks: [accuracy]\n").size() == 1);
}

TEST_CASE("a metric is a name or a map and stays as it was written", "[policy]") {
    CHECK(problems_of("version: 1\nchecks: [{id: a, min: 0.5}]\n") ==
          Lines{"p.yaml:2:10: checks.a.metric: found nothing, but it is required; name one, or, to "
                "change an inherited check, use exactly its id"});
    CHECK(
        problems_of("version: 1\nchecks: [{id: a, metric: 5, min: 0.5}]\n") ==
        Lines{"p.yaml:2:26: checks.a.metric: found the number 5, wanted a metric's name, or a map "
              "{name: ..., direction: ...}"});
    const auto any = parse_text("version: 1\nchecks: [{id: a, metric: '*', min: 0.5}]\n");
    REQUIRE(any.ok());
    CHECK(any->checks[0].metric.text == "*");
    const auto map =
        parse_text("version: 1\nchecks: [{id: a, metric: {name: x, odd: 1}, min: 1}]\n");
    REQUIRE(map.ok());
    CHECK(map->checks[0].metric.find("odd")->where.column == 41);
}

TEST_CASE("a setting of the metric beside it is refused with its place", "[policy]") {
    CHECK(problems_of(check_with("min: 0.5, direction: up")) ==
          Lines{"p.yaml:3:41: checks.a: unknown key 'direction'; it belongs to the metric: write "
                "metric: {name: ..., direction: ...}"});
}

TEST_CASE("an unknown key in wrong case or far from every other is refused", "[policy]") {
    CHECK(problems_of(check_with("min: 0.5, Level: warn")) ==
          Lines{"p.yaml:3:41: checks.a: unknown key 'Level' (did you mean 'level'?)"});
    CHECK(problems_of(check_with("margin: {abs: 1, tolerance: 2}")) ==
          Lines{"p.yaml:3:48: checks.a.margin: unknown key 'tolerance'; wanted abs, rel or need"});
}

TEST_CASE("a margin is a map with at least one part", "[policy]") {
    CHECK(problems_of(check_with("margin: 5%")) ==
          Lines{"p.yaml:3:39: checks.a.margin: found the text '5%', wanted a map; write margin: "
                "{abs: 0.01} in the metric's units, or {rel: 5%} of the baseline"});
    CHECK(problems_of(check_with("margin: {}")) ==
          Lines{"p.yaml:3:39: checks.a.margin: found neither abs nor rel, wanted at least one"});
    CHECK(
        problems_of(check_with("margin: {abs: 1, need: both}")) ==
        Lines{"p.yaml:3:54: checks.a.margin.need: it joins abs and rel; give both, or remove it"});
    CHECK(problems_of(check_with("margin: [1]")).size() == 1);
    const auto either = parse_text(check_with("margin: {abs: 1, rel: 5%}"));
    REQUIRE(either.ok());
    CHECK_FALSE(either->checks[0].margin->need_both);
}

TEST_CASE("limits are numbers or say what is held against them", "[policy]") {
    CHECK(problems_of(check_with("min: {using: lower}")) ==
          Lines{"p.yaml:3:36: checks.a.min.value: found nothing, but it is required; a limit is a "
                "number, or {value: 0.8, using: lower}"});
    CHECK(problems_of(check_with("min: {value: 0.5, using: loewr}")) ==
          Lines{"p.yaml:3:56: checks.a.min.using: found the text 'loewr', wanted point, lower or "
                "upper (did you mean 'lower'?)"});
    CHECK(problems_of(check_with("min: 0.9, max: 0.1")) ==
          Lines{"p.yaml:3:46: checks.a.max: it is below min, so that no value could pass; swap "
                "them"});
    CHECK(problems_of(check_with("max: 85%")).size() == 1);
    CHECK(problems_of(check_with("max_gain: 0")) ==
          Lines{"p.yaml:3:41: checks.a.max_gain: found the number 0, wanted a number above 0"});
    CHECK(problems_of(check_with("min: -5.5")).empty());
}

TEST_CASE("confidence is a share between a half and nearly one", "[policy]") {
    CHECK(problems_of(check_with("min: 1, confidence: 0.5")).empty());
    CHECK(problems_of(check_with("min: 1, confidence: 0.9999")).empty());
    for (const char* bad : {"0.49", "1", "0.99995", "95", "95%", ".nan", "high"}) {
        INFO(bad);
        CHECK(problems_of(check_with(std::string("min: 1, confidence: ") + bad)).size() == 1);
    }
}

TEST_CASE("words are taken from their lists only", "[policy]") {
    for (const char* bad :
         {"level: blok", "level: false", "level: [warn]", "level: BLOCK", "require: true",
          "require: progress", "on_inconclusive: pass", "on_no_baseline: warn"}) {
        INFO(bad);
        CHECK(problems_of(check_with(std::string("min: 1, ") + bad)).size() == 1);
    }
    const auto off = parse_text(check_with("min: 1, level: off"));
    REQUIRE(off.ok());
    CHECK(off->checks.at(0).level == Level::off);
}

TEST_CASE("slices name columns, each once", "[policy]") {
    CHECK(problems_of(check_with("min: 1, slices: {by: language}")).empty());
    CHECK(problems_of(check_with("min: 1, slices: {by: [a, b, a]}")) ==
          Lines{"p.yaml:3:59: checks.a.slices.by: found 'a' twice; name each once"});
    CHECK(problems_of(check_with("min: 1, slices: {by: []}")) ==
          Lines{"p.yaml:3:52: checks.a.slices.by: found an empty list; name at least one, or "
                "remove the key"});
    CHECK(problems_of(check_with("min: 1, slices: language")).size() == 1);
    CHECK(problems_of(check_with("min: 1, slices: {required: [de]}")).size() == 1);
    CHECK(problems_of(check_with("min: 1, slices: {by: x, required: [de, ~]}")).size() == 1);
    // Values are taken as they are written: `no` is Norway, 007 is not 7.
    const auto policy = parse_text(check_with("min: 1, slices: {by: x, required: [no, 007, 1.0]}"));
    REQUIRE(policy.ok());
    CHECK(policy->checks[0].slices->required.at(0).value == "no");
    CHECK(policy->checks[0].slices->required.at(1).value == "007");
    CHECK(policy->checks[0].slices->required.at(2).value == "1.0");
}

TEST_CASE("a search says which columns are numeric, and requires no slice", "[policy]") {
    const auto policy =
        parse_text(check_with("margin: {abs: 1}, slices: {discover: true, by: [lang, age], "
                              "cut: {age: 4}, min_examples: 9}"));
    REQUIRE(policy.ok());
    const auto& slices = *policy->checks[0].slices;
    CHECK(slices.discover);
    CHECK(slices.cut.at("age").value == 4);
    CHECK(slices.min_examples == 9);
    const auto first = [](const std::string& slices_text) {
        const auto lines = problems_of(check_with("min: 1, slices: {" + slices_text + "}"));
        return lines.size() == 1 ? lines[0].substr(lines[0].find("slices.")) : "";
    };
    CHECK(first("by: a, discover: yes") ==
          "slices.discover: found the text 'yes', wanted true or false");
    CHECK(first("by: a, discover: true, required: x") ==
          "slices.required: a search looks at every part by itself; name required slices in a "
          "check without `discover`");
    CHECK(first("by: a, cut: {a: 3}") ==
          "slices.cut: only a search cuts numeric columns; add `discover: true`, or write a column "
          "of groups");
    CHECK(first("by: [age, b], discover: true, cut: {agee: 3}") ==
          "slices.cut.agee: the column is not searched; name it under `by`, too (did you mean "
          "'age'?)");
    CHECK(first("by: a, discover: true, cut: {a: 1}") ==
          "slices.cut.a: found the number 1, wanted a number of groups from 2 to 20");
    CHECK(first("by: a, discover: true, cut: [a]") ==
          "slices.cut: found a list, wanted a map from numeric columns to a number of groups, "
          "{age: 4}");
}

TEST_CASE("a condition names keys and allowed values", "[policy]") {
    CHECK(problems_of(check_with("min: 1, when: {}")).size() == 1);
    CHECK(problems_of(check_with("min: 1, when: {model: []}")).size() == 1);
    CHECK(problems_of(check_with("min: 1, when: {model: {a: b}}")).size() == 1);
    CHECK(problems_of(check_with("min: 1, when: {model: [a, b], fast: true}")).empty());
}

TEST_CASE("a metric that says nothing is none", "[policy]") {
    for (const char* metric : {"''", "{}", "[accuracy]"}) {
        const auto problems = problems_of(
            "version: 1\nchecks: [{id: a, metric: " + std::string(metric) + ", min: 0.5}]\n");
        REQUIRE(problems.size() == 1);
        CHECK_THAT(problems[0],
                   Catch::Matchers::EndsWith("wanted a metric's name, or a map {name: ..., "
                                             "direction: ...}"));
    }
}

TEST_CASE("a condition that is no map, and names outside the alphabet, are refused", "[policy]") {
    CHECK(problems_of(check_with("min: 1, when: nightly")) ==
          Lines{"p.yaml:3:45: checks.a.when: found the text 'nightly', wanted a map from metadata "
                "keys to the values they must have"});
    CHECK(problems_of("version: 1\nchecks: [{id: 'a~', metric: accuracy, min: 0.5}]\n").size() ==
          1);
    CHECK(problems_of("version: 1\nchecks: [{id: true, metric: accuracy, min: 0.5}]\n") ==
          Lines{"p.yaml:2:15: checks[1].id: found the boolean true, wanted a text that is not "
                "empty; quotes turn it into a text"});
}

TEST_CASE("both or either needs both parts of a margin", "[policy]") {
    CHECK(
        problems_of(check_with("margin: {rel: 5%, need: either}")) ==
        Lines{"p.yaml:3:55: checks.a.margin.need: it joins abs and rel; give both, or remove it"});
}

TEST_CASE("a search cuts columns into a number of groups", "[policy]") {
    const auto cut = [](const std::string& groups) {
        return problems_of(
            check_with("min: 1, slices: {by: a, discover: true, cut: " + groups + "}"));
    };
    CHECK(cut("{a: 20}").empty());
    CHECK(cut("{}").size() == 1);
    CHECK(cut("{a: 21}").size() == 1);
    const auto word = cut("{a: four}");
    REQUIRE(word.size() == 1);
    CHECK_THAT(word[0], Catch::Matchers::Contains("wanted an integer from 0"));
}
