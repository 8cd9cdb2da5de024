#include "report/entries.h"

#include <set>

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;
using report::Weight;

TEST_CASE("what blocks weighs as a failure, an error or undecided, by its status", "[report]") {
    const auto weight = [](verdict::Status status) {
        return report::weight_of(tests::sample_of(status).checks.front());
    };
    CHECK(weight(verdict::Status::regressed) == Weight::failure);
    CHECK(weight(verdict::Status::violated) == Weight::failure);
    CHECK(weight(verdict::Status::missing) == Weight::failure);
    CHECK(weight(verdict::Status::incomparable) == Weight::failure);
    CHECK(weight(verdict::Status::error) == Weight::error);
    CHECK(weight(verdict::Status::inconclusive) == Weight::warning);
    CHECK(weight(verdict::Status::waived) == Weight::waived);
    CHECK(weight(verdict::Status::skipped) == Weight::skipped);
    CHECK(weight(verdict::Status::pass) == Weight::pass);
}

TEST_CASE("an open row that blocks is undecided, and under --strict every one does", "[report]") {
    verdict::GateResult result = tests::sample_of(verdict::Status::inconclusive);
    verdict::conclude(result, 1, {.strict = true, .no_fail = false});
    CHECK(report::weight_of(result.checks.front()) == Weight::undecided);
}

TEST_CASE("a failure at level warn is a warning", "[report]") {
    for (const auto& row : tests::sample_statuses().checks) {
        const Weight weight = report::weight_of(row);
        const bool blocking =
            weight == Weight::failure || weight == Weight::error || weight == Weight::undecided;
        INFO(row.rule.id);
        CHECK(blocking == row.blocks);
    }
}

TEST_CASE("the run comes first, so that a report without rows is no empty success", "[report]") {
    const auto entries = report::entries_of({});
    REQUIRE(entries.size() == 1);
    CHECK(entries.front().row == nullptr);
    CHECK(entries.front().weight == Weight::error);
    CHECK(entries.front().headline == "metricgate: COULD NOT JUDGE");
    CHECK(entries.front().sentence == "No check was judged.");
}

TEST_CASE("a row tells why, then its numbers", "[report]") {
    const auto entries = report::entries_of(tests::sample_fail());
    CHECK(entries[2].name == "accuracy");
    CHECK(entries[2].status == "regressed");
    CHECK(entries[2].headline == "accuracy: regressed");
    CHECK(entries[2].sentence ==
          "the loss is real and reaches the margin; 0.912 -> 0.871: -0.041 [-0.059, -0.023] (90 % "
          "interval); allowed: loss up to 0.03; 1,200 examples, tango; smallest detectable drop "
          "0.027");
    CHECK(entries[4].sentence == "the candidate has no metric `f1_macro`");
}

TEST_CASE("the worst come first: the run, failures, errors, undecided, warnings", "[report]") {
    const auto entries = report::worst_first(tests::sample_mixed());
    std::vector<std::string> names;
    for (const auto& entry : entries) {
        names.push_back(entry.name);
    }
    CHECK(names == std::vector<std::string>{"verdict", "p95", "precision", "accuracy-mobile",
                                            "accuracy", "recall"});
}

TEST_CASE("no two hostile names are alike once they are inert", "[report]") {
    std::set<std::string> names;
    for (const auto& entry : report::entries_of(tests::sample_hostile())) {
        INFO(entry.name);
        CHECK(names.insert(entry.name).second);
        CHECK(entry.name.size() <= 130);
    }
    auto result = tests::sample_of(verdict::Status::regressed);
    result.checks.push_back(result.checks.front());
    result.checks[0].rule.slice = {{"a", "x\ny"}};
    result.checks[1].rule.slice = {{"a", "x\\x0ay"}};
    const auto entries = report::entries_of(result);
    CHECK(entries[1].name != entries[2].name);
}
