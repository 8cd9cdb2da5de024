// Logs of evaluations hold what models said, which no reader reads: above the size of other JSON
// documents it is left out of the tree. What is read must be the same with and without it.

#include <algorithm>

#include "llm_data.h"
#include "sources/alpaca_eval.h"
#include "sources/evidently_report.h"
#include "sources/inspect_results.h"
#include "sources/inspect_samples.h"
#include "sources/lm_eval_results.h"
#include "sources/promptfoo_results.h"
#include "sources/table_reader.h"

using namespace reading;
using namespace metricgate;

namespace {

/// The document with blanks behind it, so that it is read as a large one.
std::string large(const std::string& text) {
    return text + std::string((std::size_t{17} << 20), ' ');
}

template <class Outline>
void check_same_table(const std::string& text, const Outline& outline) {
    const auto small = outline(document(text));
    const auto big = outline(document(large(text)));
    REQUIRE(problems_of(small) == "");
    REQUIRE(problems_of(big) == "");
    CHECK(small->columns == big->columns);
    CHECK(small->first_rows == big->first_rows);
}

template <class Read>
void check_same_metrics(const std::string& text, const Read& read) {
    const sources::Run small = run_of(read(document(text)));
    const sources::Run big = run_of(read(document(large(text))));
    CHECK(small.notes == big.notes);
    CHECK(small.metadata == big.metadata);
    REQUIRE(names_of(small) == names_of(big));
    for (std::size_t i = 0; i < small.entries.size(); ++i) {
        CHECK(small.entries[i].conditions == big.entries[i].conditions);
        CHECK(scalar(small, small.entries[i].name).value.value ==
              scalar(big, big.entries[i].name).value.value);
    }
}

}  // namespace

TEST_CASE("a large log gives the rows that a small one gives", "[sources]") {
    check_same_table(llm_file("inspect_log_1.json"), sources::outline_inspect_samples);
    check_same_table(llm_file("promptfoo_echo.json"), sources::outline_promptfoo_results);
    check_same_table(llm_file("promptfoo_error.json"), sources::outline_promptfoo_results);
    check_same_table(llm_file("alpaca_eval_annotations.json"), sources::outline_alpaca_eval);
}

TEST_CASE("a large report gives the metrics that a small one gives", "[sources]") {
    check_same_metrics(llm_file("inspect_log_2.json"), sources::read_inspect_results);
    check_same_metrics(llm_file("lm_eval_results_1.json"), sources::read_lm_eval_results);
    check_same_metrics(llm_file("evidently_report_0.6.7.json"), sources::read_evidently_report);
    check_same_metrics(llm_file("evidently_report_0.7.23.json"), sources::read_evidently_report);
}

TEST_CASE("results of lm-evaluation-harness may hold their samples", "[sources]") {
    std::string samples = R"("samples": {"task": [)";
    const std::string one =
        R"({"doc_id": 1, "resps": [["x", [1.5, 2.5, NaN]]], "doc": {"q": "w"}},)";
    for (std::size_t i = 0; i < (std::size_t{20} << 20) / one.size(); ++i) {
        samples += one;
    }
    const std::string text = llm_file("lm_eval_results_1.json");
    const std::string with = "{" + samples + "{}]}, " + text.substr(text.find('{') + 1);
    CHECK(names_of(run_of(sources::read_metrics(document(with), ""))) ==
          names_of(run_of(sources::read_metrics(document(text), ""))));
}

TEST_CASE("other JSON documents keep their limit, and broken logs are told where", "[sources]") {
    const auto plain = sources::read_metrics(document(large("{\"acc\": 0.5}")), "");
    CHECK_THAT(problems_of(plain),
               has("log.json: is larger than the limit of 16,777,216 bytes for a JSON document "
                   "that is no evaluation log"));
    std::string own = large(R"({"schema": "https://metricgate.dev/schemas/metrics-1.json"})");
    CHECK_THAT(problems_of(sources::read_metrics(document(own), "json")), has("is larger than"));
    std::string broken = large(llm_file("promptfoo_echo.json"));
    broken.back() = '}';
    CHECK_THAT(problems_of(sources::read_promptfoo_results(document(broken), {})),
               has("is not valid JSON"));
}
