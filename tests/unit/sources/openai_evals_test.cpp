#include "sources/openai_evals.h"

#include "cut_everywhere.h"
#include "llm_data.h"

using namespace reading;
using namespace metricgate;

namespace {

using Numbers = std::vector<double>;

const char* const spec =
    R"({"spec": {"eval_name": "e.dev.v0", "base_eval": "e", "split": "dev", "run_id": "r"}})"
    "\n";
const char* const report =
    R"({"final_report": {"accuracy": 0.5, "boostrap_std": 0.1}, "run_id": "r"})"
    "\n";

std::string match(const std::string& id, const std::string& correct) {
    return R"({"run_id": "r", "event_id": 1, "sample_id": ")" + id +
           R"(", "type": "match", "data": {"correct": )" + correct + R"(, "expected": "x"}})" +
           "\n";
}

support::Result<evidence::Table> read(const std::string& text, const Texts& numbers = {"correct"}) {
    std::vector<ColumnRequest> requests = {ask("id", ReadAs::id)};
    for (const std::string& name : numbers) {
        requests.push_back(ask(name, ReadAs::number));
    }
    return sources::read_openai_evals(document(text, "log.jsonl"), requests);
}

}  // namespace

TEST_CASE("openai_evals matches and metrics of a sample are one row", "[sources]") {
    const auto table = read(llm_file("openai_evals.jsonl"), {"correct", "f1", "length"});
    REQUIRE(problems_of(table) == "");
    CHECK(table->rows == 5);
    CHECK((*table->ids)[0] == "capitals.dev.0");
    CHECK(table->numbers.at("correct").values == Numbers{1, 0, 1, 0, 1});
    CHECK(table->numbers.at("f1").values == Numbers{0, 0.25, 0.5, 0.75, 1});
}

TEST_CASE("openai_evals final report has the bootstrapped standard error", "[sources]") {
    const auto run =
        run_of(sources::read_openai_evals_report(document(llm_file("openai_evals.jsonl"))));
    CHECK(scalar(run, "accuracy").value.value == 0.6);
    CHECK(scalar(run, "accuracy").standard_error->value == 0.2);
    CHECK(run.conditions.at("split") == "dev");
}

TEST_CASE("openai_evals records may stand behind the final report", "[sources]") {
    CHECK(read(std::string(spec) + report + match("a", "true"))->rows == 1);
    CHECK(read(std::string(spec) + match("a", "true") + report)->rows == 1);
}

TEST_CASE("openai_evals log without a final report is of a run that did not end", "[sources]") {
    CHECK_THAT(problems_of(read(spec + match("a", "true"))), has("there is no `final_report`"));
}

TEST_CASE("openai_evals second run or answer is a problem", "[sources]") {
    CHECK_THAT(problems_of(read(std::string(spec) + report + spec)),
               has("a second run begins here"));
    CHECK_THAT(problems_of(read(std::string(spec) + report + report)),
               has("a second `final_report`"));
    CHECK_THAT(problems_of(read(spec + match("a", "true") + match("a", "false") + report)),
               has("log.jsonl:3:"));
}

TEST_CASE("openai_evals logs are told by their first line and refused when cut inside a line",
          "[sources]") {
    CHECK(sources::is_openai_evals(document(llm_file("openai_evals.jsonl"))));
    CHECK_FALSE(sources::is_openai_evals(document(llm_file("lm_eval_samples_mc_1.jsonl"))));
    // The report comes last here, so that only its own line end may be lost.
    const std::string whole = spec + match("a", "true") + report;
    CHECK(accepted_cuts(whole, [](const std::string& text) { return read(text).ok(); }) ==
          std::vector<std::size_t>{whole.size() - 1});
}
