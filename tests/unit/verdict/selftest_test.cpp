// The exit code of a self-test.
#include "verdict/selftest.h"
#include "support/catch.h"

using namespace metricgate;
using verdict::Ability;
using verdict::FaultAnswer;
using verdict::SelftestResult;
using verdict::SelftestRow;
using verdict::Status;

namespace {

SelftestRow row(Ability ability) {
    SelftestRow result;
    result.ability = ability;
    return result;
}

int code_of(std::vector<SelftestRow> rows) {
    SelftestResult result;
    result.rows = std::move(rows);
    verdict::conclude(result);
    return result.exit_code;
}

SelftestRow with_fault(FaultAnswer::Outcome outcome) {
    SelftestRow result = row(Ability::goes_red);
    result.faults.push_back({"nan", "", outcome, std::nullopt});
    return result;
}

}  // namespace

TEST_CASE("a self-test passes when every check that runs goes red", "[verdict]") {
    CHECK(code_of({row(Ability::goes_red), row(Ability::goes_red)}) == 0);
    CHECK(code_of({row(Ability::goes_red), row(Ability::skipped)}) == 0);
}

TEST_CASE("one check that cannot go red, or was not tested, fails it", "[verdict]") {
    CHECK(code_of({row(Ability::goes_red), row(Ability::cannot_go_red)}) == 1);
    CHECK(code_of({row(Ability::goes_red), row(Ability::untested)}) == 1);
}

TEST_CASE("a fault that is let through fails it, one that cannot happen does not", "[verdict]") {
    CHECK(code_of({with_fault(FaultAnswer::Outcome::caught)}) == 0);
    CHECK(code_of({with_fault(FaultAnswer::Outcome::does_not_apply)}) == 0);
    CHECK(code_of({with_fault(FaultAnswer::Outcome::not_caught)}) == 1);
}

TEST_CASE("nothing tested is no proof", "[verdict]") {
    CHECK(code_of({}) == 2);
    CHECK(code_of({row(Ability::skipped), row(Ability::untested)}) == 2);
}

TEST_CASE("red are the answers that stop a merge", "[verdict]") {
    for (const Status status : {Status::regressed, Status::violated, Status::missing,
                                Status::incomparable, Status::error}) {
        CHECK(verdict::is_red(status));
    }
    for (const Status status : {Status::pass, Status::inconclusive, Status::no_baseline,
                                Status::new_metric, Status::skipped, Status::waived}) {
        CHECK_FALSE(verdict::is_red(status));
    }
}

TEST_CASE("abilities and what became of a fault have names, unknown ones the worse", "[verdict]") {
    CHECK(verdict::name(Ability::goes_red) == std::string("goes_red"));
    CHECK(verdict::name(Ability::cannot_go_red) == std::string("cannot_go_red"));
    CHECK(verdict::name(Ability::untested) == std::string("untested"));
    CHECK(verdict::name(Ability::skipped) == std::string("skipped"));
    CHECK(verdict::name(static_cast<Ability>(99)) == std::string("untested"));
    CHECK(verdict::name(FaultAnswer::Outcome::caught) == std::string("caught"));
    CHECK(verdict::name(FaultAnswer::Outcome::not_caught) == std::string("not_caught"));
    CHECK(verdict::name(FaultAnswer::Outcome::does_not_apply) == std::string("does_not_apply"));
    CHECK(verdict::name(static_cast<FaultAnswer::Outcome>(99)) == std::string("not_caught"));
    CHECK_FALSE(verdict::is_red(static_cast<Status>(99)));
}
