#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;
using Json = nlohmann::ordered_json;

namespace {

Json rendered(const verdict::GateResult& result) {
    return Json::parse(report::render_json(result, {}));
}

}  // namespace

TEST_CASE("a report says what it is, its verdict and its counts", "[report]") {
    const Json report = rendered(tests::sample_fail());
    CHECK(report["schema"] == "metricgate.report/1");
    CHECK(report["verdict"] == "fail");
    CHECK(report["exit_code"] == 1);
    CHECK(report["counts"] == Json::parse(R"({"declared": 5, "evaluated": 5, "pass": 1,
          "regressed": 1, "violated": 1, "inconclusive": 1, "missing": 1})"));
    CHECK(report["policy"]["changed"] == true);
    CHECK(report["baseline"]["description"] == "main:eval/predictions.csv");
    CHECK(report["inputs"][0]["pairing"]["first_only_baseline"].size() == 3);
    CHECK(report["seed"] == 42);
}

TEST_CASE("numbers are in full precision and what is absent is null", "[report]") {
    auto result = tests::sample_fail();
    result.checks[1].comparison->delta = -0.1 - 0.2;
    const Json check = rendered(result)["checks"][1];
    CHECK(check["delta"].get<double>() == -0.1 - 0.2);
    CHECK(check["interval"]["confidence"].get<double>() == 0.95);
    CHECK(check["n_needed"].is_null());
    const Json missing = rendered(result)["checks"][3];
    CHECK(missing["status"] == "missing");
    CHECK(missing["candidate"].is_null());
    CHECK(missing["interval"].is_null());
    CHECK(missing["n"].is_null());
    CHECK(missing["uncertainty_known"] == false);
}

TEST_CASE("a number that is not finite becomes null", "[report]") {
    auto result = tests::sample_fail();
    result.checks[1].comparison->delta = std::numeric_limits<double>::quiet_NaN();
    result.checks[1].comparison->interval->upper = std::numeric_limits<double>::infinity();
    const Json check = rendered(result)["checks"][1];
    CHECK(check["delta"].is_null());
    CHECK(check["interval"]["upper"].is_null());
}

TEST_CASE("an undefined value keeps its reason", "[report]") {
    const Json check = rendered(tests::sample_mixed())["checks"][3];
    CHECK(check["candidate"].is_null());
    CHECK(check["candidate_undefined"] == "no example is predicted positive");
    CHECK(check["baseline_undefined"].is_null());
}

TEST_CASE("a rule is told with its limits and its place", "[report]") {
    const Json rule = rendered(tests::sample_fail())["checks"][2]["rule"];
    CHECK(rule["min"] == Json::parse(R"({"value": 0.85, "using": "lower"})"));
    CHECK(rule["max"].is_null());
    CHECK(rule["margin"]["abs"].get<double>() == 0.02);
    CHECK(rule["where"]["line"] == 12);
}

TEST_CASE("hostile names survive a round trip, and no byte of theirs reaches a terminal",
          "[report]") {
    const std::string text = report::render_json(tests::sample_hostile(), {});
    CHECK(std::all_of(text.begin(), text.end(),
                      [](char byte) { return byte == '\n' || (byte >= 0x20 && byte < 0x7f); }));
    const Json report = Json::parse(text);
    const auto names = tests::hostile_names();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].find('\xff') == std::string::npos) {
            CHECK(report["checks"][i]["id"] == names[i]);
        }
    }
}

TEST_CASE("a run that judged nothing still is a report", "[report]") {
    const Json report = rendered({});
    CHECK(report["verdict"] == "could_not_judge");
    CHECK(report["candidate"].is_null());
    CHECK(report["checks"].empty());
}
