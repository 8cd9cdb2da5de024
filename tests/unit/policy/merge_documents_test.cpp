#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

namespace {

const char* const base = R"(version: 1
seed: 3
defaults: {confidence: 0.9, min_examples: 50}
inputs:
  eval: {path: a.csv, threshold: 0.5}
checks:
  - {id: first, metric: accuracy, margin: {abs: 0.01}}
  - {id: second, metric: f1, margin: {abs: 0.02}, level: warn}
)";

}  // namespace

TEST_CASE("a policy changes what it extends key by key", "[policy]") {
    const auto policy = parse_text(R"(version: 1
extends: base.yaml
defaults: {confidence: 0.99}
inputs:
  eval: {path: b.csv}
  other: {path: c.csv}
checks:
  - {id: third, metric: recall, input: other, min: 0.5}
  - {id: first, margin: {rel: 5%}}
)",
                                   {{"base.yaml", base}});
    REQUIRE(policy.ok());
    CHECK(policy->extends == std::vector<std::string>{"base.yaml"});
    CHECK(policy->seed == 3);
    REQUIRE(policy->inputs.size() == 2);
    CHECK(policy->inputs[0].paths.at(0).value == "b.csv");
    CHECK(policy->inputs[0].threshold->value == 0.5);

    REQUIRE(policy->checks.size() == 3);
    const Check& first = policy->checks[0];
    CHECK(first.id.value == "first");
    CHECK(first.metric.text == "accuracy");
    CHECK_FALSE(first.margin->absolute.has_value());
    CHECK(first.margin->relative->value == 0.05);
    CHECK(first.confidence == 0.99);
    CHECK(first.min_examples == 50);
    CHECK(policy->checks[1].level == Level::warn);
    CHECK(policy->checks[2].id.value == "third");

    // Every setting keeps the place where it was written.
    CHECK(*first.metric.where.file == "base.yaml");
    CHECK(first.metric.where.line == 7);
    CHECK(*first.margin->where.file == "p.yaml");
    CHECK(first.margin->where.line == 9);
    CHECK(*policy->inputs[0].threshold->where.file == "base.yaml");
    CHECK(*policy->inputs[0].paths[0].where.file == "p.yaml");
}

TEST_CASE("an inherited check can be switched off in one line", "[policy]") {
    const auto policy =
        parse_text("version: 1\nextends: base.yaml\nchecks: [{id: second, level: off}]\n",
                   {{"base.yaml", base}});
    REQUIRE(policy.ok());
    CHECK(policy->checks.at(1).level == Level::off);
}

TEST_CASE("mistakes of an inherited policy are reported at their place", "[policy]") {
    CHECK(problems_of("version: 1\nextends: base.yaml\nsed: 1\n",
                      {{"base.yaml", "version: 1\nchecks:\n  - {id: a, metric: x, max: '1'}\n"}}) ==
          Lines{"p.yaml:3:1: unknown key 'sed' (did you mean 'seed'?)",
                "base.yaml:3:29: checks.a.max: found the text '1', wanted a number; quoted number "
                "'1': write it without quotes"});
}

TEST_CASE("a misspelt id of an inherited check is no new check", "[policy]") {
    const auto problems =
        problems_of("version: 1\nextends: base.yaml\nchecks: [{id: frist, margin: {abs: 1}}]\n",
                    {{"base.yaml", base}});
    CHECK(problems == Lines{"p.yaml:3:10: checks.frist.metric: found nothing, but it is required; "
                            "name one, or, to change an inherited check, use exactly its id"});
}

TEST_CASE("several policies are applied in order, the extending one last", "[policy]") {
    const auto with_seed = [](const std::string& seed, const std::string& id) {
        return "version: 1\nseed: " + seed + "\nchecks: [{id: " + id +
               ", metric: accuracy, min: 0." + seed + "}]\n";
    };
    const Files files = {{"a.yaml", with_seed("1", "x")}, {"b.yaml", with_seed("2", "x")}};
    const auto both = parse_text("version: 1\nextends: [a.yaml, b.yaml]\n", files);
    REQUIRE(both.ok());
    CHECK(both->extends == std::vector<std::string>{"a.yaml", "b.yaml"});
    CHECK(both->seed == 2);
    CHECK(both->checks.at(0).minimum->value.value == 0.2);
    const auto own = parse_text("version: 1\nseed: 9\nextends: [b.yaml, a.yaml]\n", files);
    REQUIRE(own.ok());
    CHECK(own->seed == 9);
    CHECK(own->checks.at(0).minimum->value.value == 0.1);
}

TEST_CASE("paths in extends are relative to the policy that names them", "[policy]") {
    CHECK(resolve_extends("base.yaml", "p.yaml") == "base.yaml");
    CHECK(resolve_extends("base.yaml", "gates/p.yaml") == "gates/base.yaml");
    CHECK(resolve_extends("../base.yaml", "gates/p.yaml") == "base.yaml");
    CHECK(resolve_extends("./x/../base.yaml", "gates/p.yaml") == "gates/base.yaml");
    CHECK(resolve_extends("base.yaml", "HEAD~1:gates/p.yaml") == "HEAD~1:gates/base.yaml");
    CHECK(resolve_extends("base.yaml", "HEAD:p.yaml") == "HEAD:base.yaml");
    CHECK(resolve_extends("base.yaml", "refs/heads/x:p.yaml") == "refs/heads/x:base.yaml");
    CHECK(resolve_extends("base.yaml", "../p.yaml") == "../base.yaml");
    CHECK(resolve_extends("base.yaml", "/home/p.yaml") == "/home/base.yaml");
    for (const char* bad : {"../base.yaml", "/etc/x.yaml", "HEAD:x.yaml", "", "-", ".", "a\\b"}) {
        INFO(bad);
        CHECK(resolve_extends(bad, "p.yaml").empty());
    }
    CHECK(resolve_extends("../../x.yaml", "gates/p.yaml").empty());
    CHECK(resolve_extends("../x.yaml", "../p.yaml").empty());
    CHECK(resolve_extends("../x.yaml", "HEAD:p.yaml").empty());
    const auto nested =
        parse_text("version: 1\nextends: gates/a.yaml\n",
                   {{"gates/a.yaml", "version: 1\nextends: b.yaml\n"}, {"gates/b.yaml", base}});
    REQUIRE(nested.ok());
    CHECK(nested->extends == std::vector<std::string>{"gates/b.yaml", "gates/a.yaml"});
}

TEST_CASE("extends that leave the repository, or are not there, are refused", "[policy]") {
    CHECK(problems_of("version: 1\nextends: [../x.yaml, b.yaml, 'metricgate:scalrs']\n") ==
          Lines{"p.yaml:2:11: extends: found '../x.yaml', wanted metricgate:NAME or a relative "
                "path that stays inside the repository",
                "p.yaml:2:22: there is no b.yaml",
                "p.yaml:2:30: extends: no gate 'scalrs' is built in (did you mean 'scalars'?)"});
    CHECK(problems_of("version: 1\nextends: []\n").size() == 2);
    CHECK(problems_of("version: 1\nextends: [base.yaml, base.yaml]\n", {{"base.yaml", base}}) ==
          Lines{"p.yaml:2:22: extends: found 'base.yaml' twice; name each once"});
}

TEST_CASE("policies that extend each other are refused", "[policy]") {
    CHECK(problems_of("version: 1\nextends: ./p.yaml\n") ==
          Lines{"p.yaml:2:10: extends: 'p.yaml' extends itself, directly or through others; remove "
                "one of the steps"});
    CHECK(problems_of("version: 1\nextends: a.yaml\n",
                      {{"a.yaml", "version: 1\nextends: b.yaml\n"},
                       {"b.yaml", "version: 1\nextends: a.yaml\n"}}) ==
          Lines{"b.yaml:2:10: extends: 'a.yaml' extends itself, directly or through others; remove "
                "one of the steps"});
}

TEST_CASE("a chain of policies has at most eight links", "[policy]") {
    const auto chain = [](int length) {
        Files files;
        for (int i = 1; i < length; ++i) {
            files["c" + std::to_string(i) + ".yaml"] =
                "version: 1\nextends: c" + std::to_string(i + 1) + ".yaml\n";
        }
        files["c" + std::to_string(length) + ".yaml"] = base;
        return problems_of("version: 1\nextends: c1.yaml\n", files);
    };
    CHECK(chain(8).empty());
    CHECK(chain(9) == Lines{"c8.yaml:2:10: extends: found more than 8 policies that build on one "
                            "another, wanted at most 8"});
}

TEST_CASE("policies that fan out are cut off", "[policy]") {
    Files files;
    for (int level = 1; level <= 7; ++level) {
        std::string text = "version: 1\nextends: [";
        for (const char* side : {"a", "b", "c"}) {
            const std::string name = side + std::to_string(level) + ".yaml";
            text += side + std::to_string(level + 1) + ".yaml, ";
            files[name] = "";
        }
        text += "]\n";
        for (const char* side : {"a", "b", "c"}) {
            files[side + std::to_string(level) + ".yaml"] = text;
        }
    }
    for (const char* side : {"a", "b", "c"}) {
        files[std::string(side) + "8.yaml"] = base;
    }
    CHECK_FALSE(problems_of("version: 1\nextends: a1.yaml\n", files).empty());
}

TEST_CASE("a policy that may have lost its end is refused, extended ones too", "[policy]") {
    const std::string whole =
        "version: 1\nchecks:\n  - id: a\n    metric: accuracy\n    min: 0.95\n";
    const auto cut = [](const std::string& file) {
        return Lines{file +
                     ": the last line has no line end, so the file may be cut short; write it "
                     "again, or end it with a line end if it is whole"};
    };
    CHECK(problems_of(whole).empty());
    CHECK(problems_of(whole.substr(0, whole.size() - 1)) == cut("p.yaml"));
    CHECK(problems_of(whole.substr(0, whole.size() - 2)) == cut("p.yaml"));
    const std::string extending = "version: 1\nextends: a.yaml\n";
    CHECK(problems_of(extending, {{"a.yaml", whole}}).empty());
    CHECK(problems_of(extending, {{"a.yaml", whole.substr(0, whole.size() - 2)}}) == cut("a.yaml"));
    const std::string list = "version: 1\nchecks:\n  - {id: a, metric: accuracy, min: 0.95}";
    CHECK(problems_of(list + "\n").empty());
    CHECK(problems_of(list) == cut("p.yaml"));
    CHECK(problems_of(list + "\n  ") == cut("p.yaml"));
}

TEST_CASE("an input that is no map replaces what was inherited, and is refused", "[policy]") {
    const std::string checks = "checks: [{id: a, metric: accuracy, min: 0.5}]\n";
    const std::string map = "version: 1\ninputs: {eval: {path: a.csv}}\n" + checks;
    const std::string text = "version: 1\ninputs: {eval: a.csv}\n" + checks;
    const std::string extending = "version: 1\nextends: b.yaml\ninputs: {eval: ";
    CHECK(problems_of(extending + "b.csv}\n", {{"b.yaml", map}}).size() == 1);
    CHECK(problems_of(extending + "{path: b.csv}}\n", {{"b.yaml", text}}).empty());
    CHECK(problems_of(extending + "{path: b.csv}}\n", {{"b.yaml", map}}).empty());
}

TEST_CASE("a gate whose name is far from every other is refused with all there are", "[policy]") {
    const auto problems = problems_of("version: 1\nextends: 'metricgate:zzzzzzzzzzzz'\n");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].starts_with(
        "p.yaml:2:10: extends: no gate 'zzzzzzzzzzzz' is built in; there are "));
}

TEST_CASE("defaults are a map", "[policy]") {
    CHECK(
        problems_of("version: 1\ndefaults: warn\nchecks: [{id: a, metric: accuracy, min: 1}]\n") ==
        Lines{"p.yaml:2:11: defaults: found the text 'warn', wanted a map of settings"});
}

TEST_CASE("what is said without a place stands behind the file that was looked at first",
          "[policy]") {
    using metricgate::support::Diagnostic;
    const auto policy =
        parse("version: 1\nextends: b.yaml\nsed: 1\n", "p.yaml",
              [](const std::string&, const metricgate::support::Location&) {
                  return metricgate::support::Result<std::string>(Diagnostic{{}, "no such commit"});
              });
    REQUIRE(policy.problems().size() == 2);
    CHECK(policy.problems()[0].message == "unknown key 'sed' (did you mean 'seed'?)");
    CHECK(policy.problems()[1].message == "no such commit");
}

TEST_CASE("waivers are not bound to checks of a policy that cannot be read whole", "[policy]") {
    CHECK(problems_of("version: 1\nextends: gone.yaml\nwaivers:\n"
                      "  - {check: inherited, reason: r, owner: o, expires: 2026-12-31}\n") ==
          Lines{"p.yaml:2:10: there is no gone.yaml"});
}

TEST_CASE("a path of a policy outside the repository cannot climb further", "[policy]") {
    CHECK(resolve_extends("base.yaml", "/../p.yaml").empty());
    CHECK(resolve_extends("a//b.yaml", "p.yaml") == "a/b.yaml");
}
