#include "sources/lm_eval_results.h"

#include "cut_everywhere.h"
#include "llm_data.h"

using namespace reading;
using namespace metricgate;
using sources::read_lm_eval_results;

namespace {

sources::Run read(const std::string& text) {
    return run_of(read_lm_eval_results(document(text)));
}

const char* const small = R"({
  "results": {"arc": {"alias": "arc", "acc,none": 0.25, "acc_stderr,none": 0.0125034, "f1,none": 0.5, "f1_stderr,none": "N/A"}},
  "versions": {"arc": 1.0}, "n-shot": {"arc": 5}, "n-samples": {"arc": {"original": 1200, "effective": 1200}},
  "task_hashes": {"arc": "ab12"}, "config": {"model": "hf", "limit": null}})";

}  // namespace

TEST_CASE("lm_eval results name task and metric, and the filter unless it is none", "[sources]") {
    const sources::Run run = read(llm_file("lm_eval_results_1.json"));
    CHECK(names_of(run) ==
          Texts{"tiny_gen.exact_match,strict-match", "tiny_gen.exact_match,flexible-extract",
                "tiny_ppl.word_perplexity", "tiny_mc.acc", "tiny_mc.acc_norm", "tiny.acc"});
    CHECK(scalar(run, "tiny_mc.acc").value.value == 0.2);
    CHECK(scalar(run, "tiny_mc.acc").standard_error->value == 0.20000000000000004);
    CHECK(scalar(run, "tiny_mc.acc").n == 5U);
    CHECK(run.metadata.at("model_name") == "acme/parrot");
    CHECK(run.metadata.at("lm_eval_version") == "0.4.13");
    CHECK(run.notes.empty());
}

TEST_CASE("lm_eval standard errors of N/A are none", "[sources]") {
    CHECK_FALSE(scalar(read(small), "arc.f1").standard_error);
    CHECK_FALSE(scalar(read(llm_file("lm_eval_results_1.json")), "tiny_ppl.word_perplexity")
                    .standard_error);
}

TEST_CASE("lm_eval conditions are what makes results comparable", "[sources]") {
    const auto conditions = entry(read(small), "arc.acc").conditions;
    CHECK(conditions == evidence::Conditions{{"digest of the examples", "ab12"},
                                             {"examples", "1200"},
                                             {"shots", "5"},
                                             {"task version", "1.0"}});
}

TEST_CASE("lm_eval results of old releases have no filters and give n by the standard error",
          "[sources]") {
    const sources::Run run = read(llm_file("lm_eval_results_0.3_160m.json"));
    CHECK(scalar(run, "arc_challenge.acc").n == 1172U);
    CHECK(scalar(run, "arc_easy.acc_norm").n == 2376U);
    CHECK_FALSE(scalar(run, "lambada_openai.ppl").n);
    CHECK(scalar(run, "lambada_openai.ppl").standard_error->value == 1.4363799633211518);
    CHECK(entry(run, "piqa.acc").conditions.at("shots") == "0");
    CHECK(run.metadata.at("model_name") == "EleutherAI/pythia-v1.1-160m");
    CHECK(run.notes.empty());
}

TEST_CASE("lm_eval standard error that the number of examples contradicts is noted", "[sources]") {
    CHECK(read(small).notes.empty());
    const auto notes = read(replaced(small, "0.0125034", "0.02")).notes;
    REQUIRE(notes.size() == 1);
    CHECK(notes[0] ==
          "'arc.acc' of 1,200 examples has a standard error of 0.02, and a share of as many has "
          "one of 0.01251.");
}

TEST_CASE("lm_eval runs on a part of the examples are noted", "[sources]") {
    const auto notes = read(replaced(replaced(small, "\"effective\": 1200", "\"effective\": 100"),
                                     "0.0125034", "0.0435194"))
                           .notes;
    REQUIRE(notes.size() == 1);
    CHECK_THAT(notes[0], has("(`--limit`): 100 of 1200 examples of 'arc'"));
    CHECK_THAT(read(replaced(llm_file("lm_eval_results_0.3_160m.json"), "\"limit\": null",
                             "\"limit\": 0.1"))
                   .notes.at(0),
               has("`--limit 0.1`"));
}

TEST_CASE("lm_eval values that are no numbers are entries with a flaw", "[sources]") {
    const auto run = read(replaced(small, "\"acc,none\": 0.25", "\"acc,none\": \"oops\""));
    CHECK_THAT(support::describe(*entry(run, "arc.acc").flaw), has("the text 'oops'"));
    const auto odd = read(replaced(small, "\"N/A\"", "\"n/a\""));
    CHECK_THAT(support::describe(*entry(odd, "arc.f1").flaw),
               has("wanted a number or the text 'N/A'"));
    const auto nan = read(replaced(small, "\"acc,none\": 0.25", "\"acc,none\": NaN"));
    CHECK(scalar(nan, "arc.acc").value.kind == support::NumberKind::not_a_number);
}

TEST_CASE("lm_eval results without any metric, and of another shape, are problems", "[sources]") {
    const auto problem = [](const std::string& text) {
        return problems_of(read_lm_eval_results(document(text)));
    };
    CHECK_THAT(problem(R"({"results": {}, "versions": {}, "config": {}})"), has("holds no metric"));
    CHECK_THAT(problem(R"({"results": {"a": 3}, "versions": {}, "config": {}})"),
               has("the results of 'a' are the number 3"));
    CHECK_THAT(problem(R"({"results": {}})"), has("no results file of lm-evaluation-harness"));
}

TEST_CASE("lm_eval results are told by content", "[sources]") {
    CHECK(sources::is_lm_eval_results(document(llm_file("lm_eval_results_1.json"))));
    CHECK(sources::is_lm_eval_results(document(llm_file("lm_eval_results_0.3_160m.json"))));
    CHECK_FALSE(sources::is_lm_eval_results(document(llm_file("inspect_log_1.json"))));
    CHECK_FALSE(sources::is_lm_eval_results(document("{\"results\": {\"acc\": 1}}")));
}

TEST_CASE("lm_eval results that are cut are refused", "[sources]") {
    const std::string whole = llm_file("lm_eval_results_0.3_160m.json");
    CHECK(accepted_cuts(whole, [](const std::string& text) {
              return read_lm_eval_results(document(text)).ok();
          }).empty());
}
