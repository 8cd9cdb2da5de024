#include "sources/evidently_report.h"

#include "cut_everywhere.h"
#include "llm_data.h"

using namespace reading;
using namespace metricgate;

namespace {

sources::Run read(const std::string& text) {
    return run_of(sources::read_evidently_report(document(text)));
}

}  // namespace

TEST_CASE("evidently metrics are called as the report calls them", "[sources]") {
    const sources::Run run = read(llm_file("evidently_report_0.7.23.json"));
    CHECK(scalar(run, "Accuracy(classification_name=default)").value.value == 0.8033333333333333);
    CHECK(scalar(run, "ValueDrift(column=age,method=K-S p_value,threshold=0.05)").value.value ==
          3.3273813118952403e-06);
    CHECK(scalar(run, "DriftedColumnsCount(drift_share=0.5).share").value.value == 1.0);
    CHECK(scalar(run, "F1ByLabel(classification_name=default).0").value.value == 0.794425087108014);
    CHECK(scalar(run, "tests.failed").value.value == 4.0);
}

TEST_CASE("evidently reports before 0.7 have metrics with results", "[sources]") {
    const sources::Run run = read(llm_file("evidently_report_0.6.7.json"));
    CHECK(scalar(run, "ClassificationQualityMetric.current.accuracy").value.value ==
          0.8033333333333333);
    CHECK(scalar(run, "ColumnQuantileMetric(age).current.value").value.value == 43.15414839110605);
    CHECK(run.metadata.at("evidently") == "0.6.7");
    CHECK_THAT(support::describe(*entry(run, "DatasetDriftMetric.dataset_drift").flaw),
               has("true, wanted a number"));
}

TEST_CASE("evidently drift scores say by which method they were computed", "[sources]") {
    const sources::Run run = read(llm_file("evidently_report_0.6.7.json"));
    const auto& drift = entry(run, "DataDriftTable.drift_by_columns.age.drift_score");
    CHECK(std::get<evidence::Scalar>(drift.evidence).value.value == 3.3273813118952403e-06);
    CHECK(drift.conditions == evidence::Conditions{{"method of drift", "K-S p_value"}});
}

TEST_CASE("evidently test suites count what failed", "[sources]") {
    const sources::Run run = read(llm_file("evidently_tests_0.6.7.json"));
    CHECK(names_of(run) == Texts{"tests.failed"});
    CHECK(scalar(run, "tests.failed").value.value == 3.0);
    CHECK(scalar(run, "tests.failed").n == 5U);
}

TEST_CASE("evidently metrics of one name are numbered", "[sources]") {
    CHECK(
        names_of(read(
            R"({"metrics": [{"id": 1, "metric_name": "a", "value": 1}, {"id": 2, "metric_name": "a", "value": 2}]})")) ==
        Texts{"a", "a #2"});
}

TEST_CASE("evidently reports are told by content and refused when cut", "[sources]") {
    CHECK(sources::is_evidently_report(document(llm_file("evidently_report_0.7.23.json"))));
    CHECK(sources::is_evidently_report(document(llm_file("evidently_report_0.6.7.json"))));
    CHECK(sources::is_evidently_report(document(llm_file("evidently_tests_0.6.7.json"))));
    CHECK_FALSE(sources::is_evidently_report(document("{\"metrics\": {\"a\": 1}}")));
    CHECK_FALSE(sources::is_evidently_report(document(llm_file("inspect_log_1.json"))));
    const std::string small = llm_file("evidently_tests_0.6.7.json");
    CHECK(accepted_cuts(small, [](const std::string& text) {
              return sources::read_evidently_report(document(text)).ok();
          }).empty());
    CHECK_THAT(problems_of(sources::read_evidently_report(document("{\"metrics\": [3]}"))),
               has("a metric is the number 3"));
}

TEST_CASE("evidently tests that were all skipped are no tests that held", "[sources]") {
    std::string text = llm_file("evidently_tests_0.6.7.json");
    for (const std::string status :
         {": \"SUCCESS\"", ": \"FAIL\"", ": \"WARNING\"", ": \"ERROR\""}) {
        for (auto at = text.find(status); at != std::string::npos; at = text.find(status)) {
            text.replace(at, status.size(), ": \"SKIPPED\"");
        }
    }
    const sources::Run run = read(text);
    CHECK_THAT(support::describe(*entry(run, "tests.failed").flaw), has("no test ran"));
}
