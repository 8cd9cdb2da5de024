#include <set>

#include <nlohmann/json.hpp>

#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

// tests/reports/check_codequality.py reads "codequality" reports by GitLab's documented fields.
using namespace metricgate;
using Json = nlohmann::ordered_json;

namespace {

Json rendered(const verdict::GateResult& result) {
    return Json::parse(report::render_codequality(result, {}));
}

}  // namespace

TEST_CASE("a row that is no pass is a finding at the line of its check", "[report]") {
    const Json findings = rendered(tests::sample_of(verdict::Status::violated));
    REQUIRE(findings.size() == 2);
    CHECK(findings[0]["check_name"] == "verdict");
    CHECK(findings[1]["description"] == "accuracy: violated: it is so");
    CHECK(findings[1]["check_name"] == "accuracy");
    CHECK(findings[1]["severity"] == "critical");
    CHECK(findings[1]["location"]["path"] == ".metricgate.yaml");
    CHECK(findings[1]["location"]["lines"]["begin"] == 12);
}

TEST_CASE("only a pass has no finding", "[report]") {
    CHECK(rendered(tests::sample_pass()).empty());
    CHECK(rendered({})[0]["severity"] == "blocker");
    const Json undecided = rendered(tests::sample_of(verdict::Status::inconclusive));
    CHECK(undecided[0]["severity"] == "major");
    CHECK(undecided[1]["severity"] == "minor");
}

TEST_CASE("no two findings share a fingerprint", "[report]") {
    std::set<std::string> fingerprints;
    for (const Json& finding : rendered(tests::sample_slices())) {
        CHECK(fingerprints.insert(finding["fingerprint"]).second);
    }
}
