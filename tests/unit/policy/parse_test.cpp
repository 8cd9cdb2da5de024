
#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

TEST_CASE("a policy is read with everything it says", "[policy]") {
    const auto policy = parse_text(R"(version: 1
seed: 42
multiplicity: none
defaults: {confidence: 0.9, on_inconclusive: block, on_no_baseline: block, min_examples: 100, level: warn}
inputs:
  eval:
    path: eval/predictions.csv
    columns: {id: example_id, label: y, score: {candidate: new, baseline: old}, cluster: user}
    threshold: 0.5
    positive: 1
checks:
  - id: accuracy
    metric: accuracy
    input: eval
    margin: {abs: 0.01, rel: 5%, need: both}
    min: {value: 0.85, using: lower}
    max: 1
    max_gain: 0.2
    level: block
    method: tango
    slices: {by: [language, device], min_examples: 200, required: [en/mobile]}
    when: {dataset: [v1, 2]}
    formerly: acc
    confidence: 0.99
  - {id: gain, metric: {name: reward, direction: higher}, require: improvement, of: score}
)");
    REQUIRE(policy.ok());
    CHECK(policy->source == "p.yaml");
    CHECK(policy->seed == 42);
    CHECK(policy->multiplicity == Multiplicity::none);

    REQUIRE(policy->inputs.size() == 1);
    const Input& input = policy->inputs[0];
    CHECK(input.name == "eval");
    CHECK(input.paths.at(0).value == "eval/predictions.csv");
    CHECK(input.columns.at("id").both == "example_id");
    CHECK(input.columns.at("score").per_side);
    CHECK(input.columns.at("score").candidate == "new");
    CHECK(input.columns.at("score").baseline == "old");
    CHECK(input.positive->value == "1");
    CHECK(input.threshold->value == 0.5);

    REQUIRE(policy->checks.size() == 2);
    const Check& check = policy->checks[0];
    CHECK(check.id.value == "accuracy");
    CHECK(check.id.where.line == 12);
    CHECK(check.metric.text == "accuracy");
    CHECK(check.margin->absolute->value == 0.01);
    CHECK(check.margin->relative->value == 0.05);
    CHECK(check.margin->need_both);
    CHECK(check.minimum->value.value == 0.85);
    CHECK(check.minimum->by == Using::lower);
    CHECK(check.maximum->by == Using::point);
    CHECK(check.max_gain->value == 0.2);
    CHECK(check.level == Level::block);
    CHECK(check.method->value == "tango");
    CHECK(check.slices->by.at(1).value == "device");
    CHECK(check.slices->min_examples == 200);
    CHECK(check.slices->required.at(0).value == "en/mobile");
    CHECK(check.when.at("dataset").value == std::vector<std::string>{"v1", "2"});
    CHECK(check.formerly == std::vector<std::string>{"acc"});
    CHECK(check.confidence == 0.99);

    const Check& gain = policy->checks[1];
    CHECK(gain.require == Require::improvement);
    CHECK(gain.of.front().value == "score");
    CHECK(gain.level == Level::warn);
    CHECK(gain.confidence == 0.9);
    CHECK(gain.min_examples == 100);
    CHECK(gain.on_inconclusive == OnInconclusive::block);
    CHECK(gain.on_no_baseline == OnNoBaseline::block);
}

TEST_CASE("what a policy leaves out has the documented defaults", "[policy]") {
    const auto policy = parse_text(check_with("min: 0.5"));
    REQUIRE(policy.ok());
    CHECK(policy->seed == 0);
    CHECK(policy->multiplicity == Multiplicity::holm);
    const Check& check = policy->checks.at(0);
    CHECK(check.level == Level::block);
    CHECK(check.confidence == 0.95);
    CHECK(check.min_examples == 30);
    CHECK(check.on_inconclusive == OnInconclusive::warn);
    CHECK(check.on_no_baseline == OnNoBaseline::pass);
    CHECK_FALSE(check.margin.has_value());
    CHECK(check.input.value.empty());
}

TEST_CASE("a policy without checks is refused", "[policy]") {
    CHECK(problems_of("version: 1\n") ==
          Lines{"p.yaml: checks: found none; a gate without checks passes everything; add one"});
    CHECK(problems_of("version: 1\nchecks: []\n") ==
          Lines{"p.yaml:2:9: checks: found an empty list; a gate without checks passes "
                "everything; add one"});
    CHECK(problems_of("version: 1\nchecks:\n") ==
          Lines{"p.yaml:2:1: checks: found no value; give it one, or remove the key"});
    CHECK(
        problems_of("version: 1\nchecks: {}\n") ==
        Lines{"p.yaml:2:9: checks: found an empty map, wanted a list; a gate without checks passes "
              "everything; add one"});
    CHECK(problems_of("version: 1\ncheck: []\n") ==
          Lines{"p.yaml: checks: found none; a gate without checks passes everything; add one",
                "p.yaml:2:1: unknown key 'check' (did you mean 'checks'?)"});
    CHECK_FALSE(problems_of("").empty());
    CHECK_FALSE(problems_of("# checks:\n").empty());
    CHECK_FALSE(problems_of("- 1\n").empty());
}

TEST_CASE("only version 1 is read, and it must be said", "[policy]") {
    const std::string checks = "checks: [{id: a, metric: accuracy, min: 0.5}]\n";
    CHECK(problems_of(checks) ==
          Lines{"p.yaml:1:1: version: found nothing, but it is required; begin the policy with "
                "version: 1"});
    CHECK(problems_of("version: 2\n" + checks) ==
          Lines{"p.yaml:1:10: version: found the number 2, wanted 1; this program reads policies "
                "of version 1"});
    CHECK(problems_of("version: '1'\n" + checks) ==
          Lines{"p.yaml:1:10: version: found the text '1', wanted the number 1; quoted number '1': "
                "write it without quotes"});
}

TEST_CASE("all mistakes of a policy come in one run, in the order of their places", "[policy]") {
    CHECK(problems_of(R"(version: 1
sed: 7
defaults: {confidence: 95, on_inconclusive: wrn}
inputs:
  eval: {path: ../secret.csv, columns: {id: id, lable: y}, min_overlap: 0}
checks:
  - {id: a, metric: accuracy, margin: 0.01}
  - {id: b, metric: accuracy, margin: {abs: "0.05"}}
  - {id: b, metric: accuracy, mim: 0.5}
waivers:
  - {check: c, reason: r, owner: o, expires: 2026-02-30}
)") == Lines{"p.yaml:2:1: unknown key 'sed' (did you mean 'seed'?)",
             "p.yaml:3:24: defaults.confidence: found the number 95, wanted a number from 0.5 to "
             "0.9999; it is a share: write 0.95 for 95 percent",
             "p.yaml:3:45: defaults.on_inconclusive: found the text 'wrn', wanted warn or block "
             "(did you mean 'warn'?)",
             "p.yaml:5:16: inputs.eval.path: found '../secret.csv', wanted a file that stays "
             "inside the repository",
             "p.yaml:5:49: inputs.eval.columns: unknown role 'lable' (did you mean 'label'?); a "
             "value column needs a name that cannot be taken for it",
             "p.yaml:5:73: inputs.eval.min_overlap: found the number 0, wanted a number above 0, "
             "at most 1; it is a share: write 0.9 for 90 percent",
             "p.yaml:7:39: checks.a.margin: found the number 0.01, wanted a map; write margin: "
             "{abs: 0.01} in the metric's units, or {rel: 5%} of the baseline",
             "p.yaml:8:45: checks.b.margin.abs: found the text '0.05', wanted a number of at least "
             "0; quoted number '0.05': write it without quotes",
             "p.yaml:9:5: checks.b: the check cannot fail; give it margin, min, max, max_gain or "
             "require: improvement",
             "p.yaml:9:10: checks: found the id 'b' twice, first at p.yaml:8:10; give each check "
             "an id of its own",
             "p.yaml:9:31: checks.b: unknown key 'mim' (did you mean 'min'?)",
             "p.yaml:11:13: waivers[1].check: no check has the id 'c'",
             "p.yaml:11:46: waivers[1].expires: found the text '2026-02-30', wanted a day that "
             "exists, written like 2026-12-31"});
}

TEST_CASE("faults of the YAML itself are refused", "[policy]") {
    const std::vector<std::string> texts = {
        "version: 1\nchecks: &c [{id: a, metric: accuracy, min: 0.5}]\n",
        "version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5}]\n---\nchecks: []\n",
        "version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5}]\n...\nchecks: []\n",
        "version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5, min: 0.1}]\n",
        "version: 1\nchecks: [{id: a, metric: accuracy, \"m\\u0069n\": 0.5, min: 0.1}]\n",
        "version: 1\nchecks: [{id: a, metric: accuracy, min: !!float 0.5}]\n",
        "version: 1\nchecks: [{id: a, metric: accuracy, <<: {min: 0.5}}]\n",
        "version: 1\nchecks: [{id: a, metric: 'accuracy, min: 0.5}]\n",
        "version: 1\nchecks: [{id: a, metric: accuracy, [1]: 0.5}]\n",
        std::string("version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5}]\n\0", 54),
    };
    for (const std::string& text : texts) {
        INFO(text);
        const auto problems = problems_of(text);
        CHECK_FALSE(problems.empty());
    }
}

TEST_CASE("a policy above one mebibyte is refused", "[policy]") {
    const std::string text = check_with("min: 0.5");
    const std::size_t limit = std::size_t{1} << 20;
    CHECK(problems_of(text + "#" + std::string(limit - text.size() - 2, 'x') + "\n").empty());
    CHECK_FALSE(problems_of(text + "#" + std::string(limit - text.size() - 1, 'x') + "\n").empty());
}

TEST_CASE("seed and multiplicity are checked", "[policy]") {
    const std::string rest = "version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5}]\n";
    CHECK(problems_of(rest + "seed: 9007199254740992\n").empty());
    CHECK(problems_of(rest + "seed: -1\n") ==
          Lines{"p.yaml:3:7: seed: found the number -1, wanted an integer from 0 to "
                "9007199254740992"});
    CHECK_FALSE(problems_of(rest + "seed: 1.5\n").empty());
    CHECK_FALSE(problems_of(rest + "seed: 18446744073709551616\n").empty());
    CHECK(problems_of(rest + "multiplicity: Holm\n") ==
          Lines{"p.yaml:3:15: multiplicity: found the text 'Holm', wanted holm, hochberg, bh, by "
                "or none (did you mean 'holm'?)"});
}

TEST_CASE("no letter of a key can be dropped or swapped unnoticed", "[policy]") {
    // One key a line, so that every mutation is of a key.
    const std::string text = R"(version: 1
seed: 1
multiplicity: none
defaults:
  confidence: 0.9
  min_examples: 10
  level: warn
  on_inconclusive: block
  on_no_baseline: block
inputs:
  eval:
    kind: predictions
    path: a.csv
    format: csv
    columns:
      label: y
      score: s
      prediction: p
      weight: w
      cluster: c
    positive: 1
    threshold: 0.5
    pair_by: id
    on_partial_overlap: intersect
    min_overlap: 0.9
    on_missing_value: drop
checks:
  - id: a
    metric: accuracy
    margin:
      abs: 1
      rel: 1%
      need: both
    min:
      value: 0.1
      using: lower
    max: 1
    max_gain: 0.5
    require: improvement
    level: block
    method: tango
    slices:
      by: x
      min_examples: 3
      required: y
    formerly: b
    of: score
    confidence: 0.95
waivers:
  - check: a
    reason: r
    owner: o
    expires: 2026-12-31
    up_to:
      abs: 1
)";
    REQUIRE(problems_of(text).empty());
    std::size_t mutations = 0;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t colon = text.find(':', start);
        const std::size_t key = text.find_first_not_of(" -", start);
        const std::string name = text.substr(key, colon - key);
        start = text.find('\n', start) + 1;
        if (name == "eval") {
            continue;  // a name of the user's own
        }
        for (std::size_t i = key; i < colon; ++i) {
            std::string dropped = text;
            dropped.erase(i, 1);
            std::string swapped = text;
            if (i + 1 < colon) {
                std::swap(swapped[i], swapped[i + 1]);
            }
            for (const std::string& mutated : {dropped, swapped}) {
                if (mutated != text) {
                    INFO(mutated);
                    CHECK_FALSE(problems_of(mutated).empty());
                    ++mutations;
                }
            }
        }
    }
    CHECK(mutations > 500);
}

TEST_CASE("thousands of mistakes are all reported", "[policy]") {
    std::string text = "version: 1\nchecks:\n";
    for (int i = 0; i < 9'000; ++i) {
        text += "  - {id: c" + std::to_string(i) + ", metric: accuracy, margn: {abs: 0.01}}\n";
    }
    text += "waivers:\n";
    for (int i = 0; i < 3'000; ++i) {
        text += "  - {check: d" + std::to_string(i) + ", reason: r, owner: o, expires: 2026-1-1}\n";
    }
    CHECK(problems_of(text).size() == 2 * 9'000 + 2 * 3'000);
}
