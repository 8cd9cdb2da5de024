#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

TEST_CASE("a path must be plain and stay inside the repository", "[policy]") {
    for (const char* good : {"a.csv", "eval/a.csv", "./eval/a b.csv", "a/../b.csv", "..a/b..csv"}) {
        INFO(good);
        CHECK(problems_of(input_with(std::string("path: '") + good + "'")).empty());
    }
    for (const char* bad :
         {"../a.csv", "a/../../b.csv", "/etc/passwd", "..", ".", "a/..", "HEAD:a.csv",
          "git:HEAD:../secret", "feature/x:a.csv", "HEAD@{1 year ago}:a", ":/text", "-", "--output",
          "mlflow:runs/1", "https://host/a.csv", "a\\b.csv", "\\\\host\\a"}) {
        INFO(bad);
        CHECK(problems_of(input_with(std::string("path: '") + bad + "'")).size() == 1);
    }
    CHECK(problems_of(input_with("path: \"a\\nb\"")).size() == 1);
    CHECK(problems_of(input_with("path: HEAD:a.csv")) ==
          Lines{"p.yaml:2:23: inputs.eval.path: found 'HEAD:a.csv', wanted a plain path without "
                "':'; a revision or an address is given on the command line, with --candidate, "
                "--baseline or --baseline-rev"});
    CHECK(problems_of(input_with("path: ''")).size() == 1);
    CHECK(problems_of(input_with("path: true")).empty());  // a file may be called so
}

TEST_CASE("several files are runs of any kind", "[policy]") {
    CHECK(problems_of(input_with("path: [a.csv, b.csv], runs: 2")).empty());
    CHECK(problems_of(input_with("kind: samples, path: [a.json, b.json]")).empty());
    CHECK(problems_of(input_with("kind: samples, path: [a.json, a.json]")).size() == 1);
}

TEST_CASE("settings of examples need predictions", "[policy]") {
    CHECK(problems_of(input_with("kind: metrics, threshold: 0.5")) ==
          Lines{"p.yaml:2:43: inputs.eval.threshold: it needs kind: predictions; remove it, or "
                "change the kind"});
    const auto metrics = parse_text(input_with("kind: metrics"));
    REQUIRE(metrics.ok());
    CHECK(metrics->inputs.at(0).pair_by == PairBy::none);
    CHECK(problems_of(input_with("kind: predicions")).size() == 1);
}

TEST_CASE("a role that is nearly a known one is refused", "[policy]") {
    for (const char* slip : {"lable", "labl", "Label", "labels", "scroe", "wieght", "weigth",
                             "clusters", "luster", "predicton", "WEIGHT"}) {
        INFO(slip);
        CHECK(problems_of(input_with(std::string("columns: {") + slip + ": x}")).size() == 1);
    }
    for (const char* own : {"latency_ms", "language", "idx", "class", "recall_at_5", "target"}) {
        INFO(own);
        CHECK(problems_of(input_with(std::string("columns: {") + own + ": x}")).empty());
    }
}

TEST_CASE("a column may differ between the sides, except the id", "[policy]") {
    CHECK(problems_of(input_with("columns: {score: {candidate: new}}")) ==
          Lines{"p.yaml:2:34: inputs.eval.columns.score.baseline: found nothing, but it is "
                "required; a column a side is written {candidate: ..., baseline: ...}"});
    // Whether a column may stand on both sides is the run's decision: --allow-identical.
    CHECK(problems_of(input_with("columns: {score: {candidate: a, baseline: a}}")).empty());
    CHECK(problems_of(input_with("columns: {id: {candidate: a, baseline: b}}")).size() == 1);
    CHECK(problems_of(input_with("columns: {score: {candidat: a, baseline: b}}")).size() == 2);
    CHECK(problems_of(input_with("columns: {score: [a, b]}")).size() == 1);
    CHECK(problems_of(input_with("columns: {}")).size() == 1);
    CHECK(problems_of(input_with("columns: [id]")).size() == 1);
    CHECK(problems_of(input_with("columns: {label: ~}")).size() == 1);
    const auto numbered = parse_text(input_with("columns: {label: 0, score: 1}"));
    REQUIRE(numbered.ok());
    CHECK(numbered->inputs.at(0).columns.at("label").both == "0");
}

TEST_CASE("class scores have a column for each class", "[policy]") {
    const auto policy = parse_text(input_with("class_scores: {0: p0, cat: p1}"));
    REQUIRE(policy.ok());
    CHECK(policy->inputs.at(0).class_scores.at("0") == "p0");
    CHECK(problems_of(input_with("class_scores: {a: p}")).size() == 1);
    CHECK(problems_of(input_with("class_scores: {a: p, b: p}")).size() == 1);
    CHECK(problems_of(input_with("class_scores: {a: p, b: [q]}")).size() == 1);
}

TEST_CASE("a smaller overlap is accepted only where it is asked for", "[policy]") {
    CHECK(problems_of(input_with("on_partial_overlap: intersect, min_overlap: 0.9")).empty());
    CHECK(problems_of(input_with("on_partial_overlap: intersect, min_overlap: 1")).empty());
    CHECK(problems_of(input_with("min_overlap: 0.9")) ==
          Lines{"p.yaml:2:30: inputs.eval.min_overlap: it means something only with "
                "on_partial_overlap: intersect or on_missing_value: drop; add one, or remove it"});
    CHECK(problems_of(input_with("on_missing_value: drop, min_overlap: 0.9")).empty());
    // A candidate must not be able to leave out all that it gets wrong.
    for (const char* open : {"on_partial_overlap: intersect", "on_missing_value: drop"}) {
        CHECK(problems_of(input_with(open)) ==
              Lines{"p.yaml:2:10: inputs.eval.min_overlap: missing; a policy that leaves pairs out "
                    "must say how many have to remain, such as min_overlap: 0.95"});
    }
    for (const char* bad : {"0", "1.5", "90%", "-0.1", "90"}) {
        INFO(bad);
        CHECK(problems_of(
                  input_with(std::string("on_partial_overlap: intersect, min_overlap: ") + bad))
                  .size() == 1);
    }
}

TEST_CASE("inputs are a map of maps with plain names", "[policy]") {
    const std::string checks = "checks: [{id: a, metric: accuracy, min: 0.5}]\n";
    CHECK(problems_of("version: 1\ninputs: {}\n" + checks).size() == 1);
    CHECK(problems_of("version: 1\ninputs: [a]\n" + checks).size() == 1);
    CHECK(problems_of("version: 1\ninputs: {eval: a.csv}\n" + checks).size() == 1);
    CHECK(problems_of("version: 1\ninputs: {'a b': {path: a.csv}}\n" + checks).size() == 1);
    CHECK(problems_of("version: 1\ninputs: {eval: {pth: a.csv}}\n" + checks) ==
          Lines{"p.yaml:2:17: inputs.eval: unknown key 'pth' (did you mean 'path'?)"});
    CHECK(problems_of("version: 1\ninputs: {eval: ~}\n" + checks).size() == 1);
}

TEST_CASE("recorded runs are paired only by what the policy names", "[policy]") {
    const auto paired = parse_text(
        input_with("kind: metrics, pair_by: id, run_id: seed, runs: 5, fold_test_share: 0.2"));
    REQUIRE(paired.ok());
    const Input& input = paired->inputs.at(0);
    CHECK(input.pair_by == PairBy::id);
    CHECK(input.run_id->value == "seed");
    CHECK(input.runs->value == 5);
    CHECK(input.fold_test_share->value == 0.2);
    CHECK(problems_of(input_with("kind: samples, pair_by: position")).empty());
    CHECK(problems_of(input_with("kind: metrics, pair_by: id")) ==
          Lines{"p.yaml:2:16: inputs.eval.run_id: found nothing, but it is required; name the "
                "metadata key, recorded list or column that tells the runs apart, such as run_id: "
                "seed"});
    CHECK(problems_of(input_with("kind: metrics, run_id: seed")) ==
          Lines{"p.yaml:2:40: inputs.eval.run_id: it means something only with pair_by: id; add "
                "that, or remove it"});
    CHECK(problems_of(input_with("kind: metrics, fold_test_share: 0.1")) ==
          Lines{"p.yaml:2:49: inputs.eval.fold_test_share: it means something only with pair_by: "
                "id or position; add that, or remove it"});
    CHECK(problems_of(input_with("kind: samples, pair_by: position, on_partial_overlap: intersect, "
                                 "min_overlap: 0.8"))
              .size() == 1);
    CHECK(problems_of(input_with("kind: samples, pair_by: position, fold_test_share: 1")).size() ==
          1);
    CHECK(
        problems_of(input_with("kind: metrics, runs: 0")) ==
        Lines{"p.yaml:2:38: inputs.eval.runs: found 0, wanted how many runs each side must have"});
    CHECK(problems_of(input_with("run_id: seed")) ==
          Lines{"p.yaml:2:25: inputs.eval.run_id: it needs kind: metrics or samples; remove it, or "
                "change the kind"});
}

TEST_CASE("roles one letter away are refused, those further away are one's own", "[policy]") {
    for (const char* slip : {"l4bel", "labex", "labbel", "labeel"}) {
        INFO(slip);
        CHECK(problems_of(input_with(std::string("columns: {") + slip + ": x}")).size() == 1);
    }
    for (const char* own : {"lbaxx", "labexx", "lbaelx", "lbxel"}) {
        INFO(own);
        CHECK(problems_of(input_with(std::string("columns: {") + own + ": x}")).empty());
    }
    CHECK(problems_of(input_with("columns: {'': x}")) ==
          Lines{"p.yaml:2:27: inputs.eval.columns: found a role without a name"});
}

TEST_CASE("class scores are a map, and words are taken as they are written", "[policy]") {
    CHECK(problems_of(input_with("class_scores: p0")).size() == 1);
    CHECK(problems_of(input_with("kind: metrics, pair_by: id, run_id: [a]")).size() == 1);
    const auto policy = parse_text(input_with("positive: false"));
    REQUIRE(policy.ok());
    CHECK(policy->inputs[0].positive->value == "false");
}

TEST_CASE("an input needs a name, and a path that can be printed", "[policy]") {
    CHECK(problems_of("version: 1\ninputs: {'': {path: a.csv}}\n"
                      "checks: [{id: a, metric: accuracy, min: 0.5}]\n") ==
          Lines{"p.yaml:2:10: inputs: found the name '', wanted letters, digits, '.', '_' and '-' "
                "only"});
    CHECK(problems_of(input_with("path: \"a\\x7f\"")).size() == 1);
    CHECK(problems_of(input_with("path: a//b.csv")).empty());
}
