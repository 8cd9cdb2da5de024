#include <nlohmann/json.hpp>

#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

// tests/reports/check_sarif.py validates "sarif" reports against the published schema.
using namespace metricgate;
using Json = nlohmann::ordered_json;

namespace {

Json run_of(const verdict::GateResult& result) {
    return Json::parse(report::render_sarif(result, {}))["runs"][0];
}

}  // namespace

TEST_CASE("a row that is no pass is a result at the line of its check", "[report]") {
    const Json run = run_of(tests::sample_of(verdict::Status::regressed));
    REQUIRE(run["results"].size() == 2);
    CHECK(run["results"][0]["ruleId"] == "metricgate/verdict");
    const Json result = run["results"][1];
    CHECK(result["ruleId"] == "accuracy");
    CHECK(result["level"] == "error");
    CHECK(result["message"]["text"] == "accuracy: regressed: it is so");
    const Json place = result["locations"][0]["physicalLocation"];
    CHECK(place["artifactLocation"]["uri"] == ".metricgate.yaml");
    CHECK(place["region"]["startLine"] == 12);
    CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] ==
          "accuracy");
}

TEST_CASE("a check and its slices are one rule", "[report]") {
    const Json run = run_of(tests::sample_slices());
    CHECK(run["tool"]["driver"]["rules"].size() == 2);
    CHECK(run["results"].size() == 201);
    CHECK(run["results"][1]["partialFingerprints"] != run["results"][2]["partialFingerprints"]);
}

TEST_CASE("a pass has rules and no results; nothing judged is an error", "[report]") {
    const Json pass = run_of(tests::sample_pass());
    CHECK(pass["results"].empty());
    CHECK(pass["tool"]["driver"]["rules"].size() == 5);
    CHECK(pass["invocations"][0]["executionSuccessful"] == true);
    const Json nothing = run_of({});
    CHECK(nothing["results"][0]["level"] == "error");
    CHECK(nothing["invocations"][0]["executionSuccessful"] == false);
}

TEST_CASE("a waived row is a suppressed result with its justification", "[report]") {
    const Json run = run_of(tests::sample_mixed());
    const Json last = run["results"].back();
    CHECK(last["level"] == "note");
    CHECK(last["suppressions"][0]["kind"] == "external");
    CHECK(last["suppressions"][0]["justification"].get<std::string>().find("relabelled rows") !=
          std::string::npos);
}

TEST_CASE("a path becomes a URI, and a message neither link nor placeholder", "[report]") {
    auto result = tests::sample_of(verdict::Status::regressed);
    result.checks[0].rule.where = support::in_file("gates/a b:%#?\xff.yaml", 3, 1);
    result.policy.revision = "worktree";
    result.checks[0].reason = "[x](javascript:alert(1)) {0}";
    const Json finding = run_of(result)["results"][1];
    CHECK(finding["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
          "gates/a%20b%3A%25%23%3F%FF.yaml");
    CHECK(finding["message"]["text"] == "accuracy: regressed: [x] (javascript:alert(1)) { 0}");
}

TEST_CASE("of more findings than a host shows the worst are listed and the others counted",
          "[report]") {
    auto result = tests::sample_thousands();
    for (auto& row : result.checks) {
        row = tests::regressed_row();
    }
    const Json run = run_of(tests::finished(result));
    CHECK(run["results"].size() == 5000);
    CHECK(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] ==
          "The worst 5,000 findings are listed; 1,001 more were left out.");
}
