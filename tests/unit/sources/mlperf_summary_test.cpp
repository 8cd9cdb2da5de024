#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "mlperf_summary";

std::string published(const std::string& file) {
    return data("mlperf_inference_v05/" + file + ".txt");
}

}  // namespace

TEST_CASE("MLPerf: a valid run without errors gives its statistics with their unit", "[sources]") {
    const Run found = run(name, published("DellEMC__R740_T4x4_tensorrt__gnmt__Server"));
    CHECK(value(found, "99.00 percentile latency") == 274620698);
    CHECK(entry(found, "99.00 percentile latency").unit == "ns");
    CHECK(value(found, "Scheduled samples per second") == 828.57);
    CHECK(value(found, "Completed samples per second") == 827.71);
    CHECK(refusal(found) == "");
    CHECK(found.metadata.at("SUT name") == "GNMT SUT");
}

TEST_CASE("MLPerf: scenario and rules are conditions, what submitters tune is not", "[sources]") {
    const Run found = run(name, published("DellEMC__R740_T4x4_tensorrt__gnmt__Server"));
    CHECK(found.conditions.at("Scenario") == "Server");
    CHECK(found.conditions.at("target_latency (ns)") == "250000000");
    CHECK(found.conditions.count("target_qps") == 0);
    CHECK(found.metadata.at("target_qps") == "825");
}

TEST_CASE("MLPerf: VALID alone is not enough, the run may have had errors", "[sources]") {
    const Run found = run(name, published("NVIDIA__T4x20__ssd-small__Server"));
    CHECK_THAT(refusal(found),
               has("the run had errors ('6 ERRORS encountered. See detailed log.')"));
    CHECK(found.notes == Texts{"MLPerf: 1 warning encountered. See detailed log."});
}

TEST_CASE("MLPerf: an invalid run is refused", "[sources]") {
    const Run found = run(name, data("benchmark_tools/mlperf_log_summary.txt"));
    CHECK(refusal(found) == "log:8: the result is 'INVALID', wanted VALID");
    CHECK(value(found, "90.00 percentile latency") == 2887786);
}

TEST_CASE(
    "MLPerf: the NUL behind the system's name and CR LF are old releases; no word on errors is "
    "refused",
    "[sources]") {
    const Run found =
        run(name, published("Intel__ICL-I3-1005G1_OpenVINO-Windows__resnet__SingleStream"));
    CHECK(found.metadata.at("SUT name") == "SUT");
    CHECK(value(found, "90th percentile latency") == 13580200);
    CHECK_THAT(refusal(found), has("does not say how many errors were encountered"));
}

TEST_CASE("MLPerf: the groups of Multi Stream are part of the names", "[sources]") {
    const Run found = run(name, published("NVIDIA__T4x8__mobilenet__MultiStream"));
    CHECK(value(found, "Per-query latency.99.00 percentile latency") == 45660495);
    CHECK(value(found, "Per-sample latency.99.00 percentile latency") == 44104209);
    CHECK(value(found, "Intervals between each IssueQuery.50.00 percentile") == 1);
    CHECK(refusal(found) == "");
}

TEST_CASE("MLPerf: other text is not recognised, and is no UTF-8 where it is not", "[sources]") {
    CHECK(recognised(document("MLPerf Results Summary\n")).empty());
    CHECK_THAT(problems_of(read(name, "x\n")), has("this is not an MLPerf summary"));
    CHECK_THAT(problems_of(read(name, "=====\nMLPerf Results Summary\n=====\n\xff : 1\n")),
               has("byte 35 is no UTF-8 text"));
}

TEST_CASE("MLPerf: cut anywhere, a summary is refused", "[sources]") {
    const std::string whole = published("DellEMC__R740_T4x4_tensorrt__gnmt__Server");
    CHECK(reading::accepted_cuts(whole, [](const std::string& text) {
              const auto recording = read(name, text);
              return recording.ok() && !recording->runs.front().refused;
          }).empty());
}
