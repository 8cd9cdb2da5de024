// The files of tools for language models and monitoring are told by content alone, whatever they
// are called.
#include "llm_data.h"
#include "sources/detect_format.h"

using namespace reading;
using namespace metricgate;

namespace {

std::string metric_format(const std::string& file) {
    const auto found = sources::detect_metric_format(document(llm_file(file), "evidence"), "");
    return found ? std::string((*found)->name) : problems_of(found);
}

std::string table_format(const std::string& file) {
    const auto found = sources::detect_table_format(document(llm_file(file), "evidence"), "");
    return found ? std::string((*found)->name) : problems_of(found);
}

}  // namespace

TEST_CASE("metric files of evaluation tools are told by content", "[sources]") {
    CHECK(metric_format("lm_eval_results_1.json") == "lm_eval");
    CHECK(metric_format("lm_eval_results_0.3_160m.json") == "lm_eval");
    CHECK(metric_format("inspect_log_1.json") == "inspect_ai");
    CHECK(metric_format("inspect_log_epochs.eval") == "inspect_ai");
    CHECK(metric_format("openai_evals.jsonl") == "openai_evals");
    CHECK(metric_format("evidently_report_0.7.23.json") == "evidently");
    CHECK(metric_format("evidently_report_0.6.7.json") == "evidently");
    CHECK(metric_format("evidently_tests_0.6.7.json") == "evidently");
    CHECK(metric_format("whylogs_profile.csv") == "whylogs");
}

TEST_CASE("tables of evaluation tools are told by content", "[sources]") {
    CHECK(table_format("lm_eval_samples_gen_1.jsonl") == "lm_eval_samples");
    CHECK(table_format("lm_eval_samples_ppl.jsonl") == "lm_eval_samples");
    CHECK(table_format("inspect_log_2.json") == "inspect_ai");
    CHECK(table_format("inspect_log_epochs.eval") == "inspect_ai");
    CHECK(table_format("promptfoo_echo.json") == "promptfoo");
    CHECK(table_format("openai_evals.jsonl") == "openai_evals");
    CHECK(table_format("alpaca_eval_annotations.json") == "alpaca_eval");
}
