// Logs are appended to, and a machine that stops cuts their last line anywhere: what is left of a
// number is another number. Read on `0.95`, of which a cut leaves `0.9`.

#include "recorded_run.h"
#include "sources/jsonl_table.h"
#include "sources/mlflow_metric_lines.h"
#include "sources/openai_evals.h"
#include "sources/prometheus_text.h"

using namespace recorded;
using namespace metricgate;

namespace {

const std::string no_end = "line has no line end, so ";

std::string training_log(std::string_view format, const std::string& text) {
    return problems_of(read(format, text));
}

std::string jsonl(const std::string& text) {
    const Document table(reading::bytes(text), "log.jsonl");
    return problems_of(sources::read_table(
        table, "jsonl", {{"id", sources::ReadAs::id, {}}, {"x", sources::ReadAs::number, {}}}));
}

}  // namespace

TEST_CASE("a cut last line of a training log is no value", "[sources]") {
    CHECK(training_log("keras_csv", "epoch,acc\n0,0.5\n1,0.95\n") == "");
    CHECK_THAT(training_log("keras_csv", "epoch,acc\n0,0.5\n1,0.9"), has(no_end));
    CHECK(training_log("lightning_csv", "epoch,step,acc\n0,0,0.5\n0,1,0.95\n") == "");
    CHECK_THAT(training_log("lightning_csv", "epoch,step,acc\n0,0,0.5\n0,1,0.9"), has(no_end));
    CHECK_THAT(problems_of(read("dvclive",
                                folder({{"metrics.json", "{\"acc\": 0.95}"},
                                        {"plots/metrics/acc.tsv", "step\tacc\n0\t0.5\n1\t0.9"}}))),
               has(no_end));
}

TEST_CASE("a cut last line of metrics is no value", "[sources]") {
    const auto exposition = [](const std::string& text) {
        return problems_of(sources::read_prometheus_text(document(text)));
    };
    CHECK(exposition("# TYPE acc gauge\nacc 0.95\n") == "");
    CHECK_THAT(exposition("# TYPE acc gauge\nacc 0.9"), has(no_end));
    CHECK(problems_of(sources::mlflow_metric_lines("1 0.5 0\n2 0.95 1\n", "acc")) == "");
    CHECK_THAT(problems_of(sources::mlflow_metric_lines("1 0.5 0\n2 0.95 1", "acc")), has(no_end));
    CHECK_THAT(problems_of(read("go_benchmark", "BenchmarkX-8  10  95 ns/op\nBenchmarkX-8  10  9")),
               has(no_end));
    CHECK_THAT(
        problems_of(
            read("locust_csv", "Type,Name,Request Count,Failure Count\nGET,/,10,0\n,Aggregated,1")),
        has(no_end));
}

// The brace is a mark of its own: with it the line is whole.
TEST_CASE("a line of JSON is whole with its brace, and cut without it", "[sources]") {
    CHECK(jsonl("{\"id\": 1, \"x\": 0.5}\n{\"id\": 2, \"x\": 0.95}") == "");
    CHECK_THAT(jsonl("{\"id\": 1, \"x\": 0.5}\n{\"id\": 2, \"x\": 0.9"),
               has("the last line has no line end, so the file may be cut short"));
    const auto evals = [](const std::string& text) {
        return problems_of(sources::read_openai_evals_report(document(text)));
    };
    const std::string spec = R"({"spec": {"eval_name": "e", "run_id": "r"}})"
                             "\n";
    CHECK(evals(spec + R"({"final_report": {"accuracy": 0.95}})") == "");
    CHECK_THAT(evals(spec + R"({"final_report": {"accuracy": 0.9)"),
               has("the last line has no line end"));
}
