#include "support/catch.h"
#include "verdict/judge.h"

using namespace metricgate;
using verdict::CheckResult;
using verdict::GateResult;
using verdict::Level;
using verdict::Status;
using verdict::Strictness;
using verdict::Verdict;

namespace {

CheckResult row(Status status, Level level = Level::block) {
    CheckResult result;
    result.rule.level = level;
    result.status = status;
    result.reason = "because";
    result.evaluated = status != Status::missing && status != Status::skipped;
    return result;
}

GateResult concluded(std::vector<CheckResult> rows, Strictness strictness = {}) {
    GateResult result;
    result.checks = std::move(rows);
    verdict::conclude(result, result.checks.size(), strictness);
    return result;
}

}  // namespace

TEST_CASE("no row at all is not a pass", "[verdict]") {
    const auto result = concluded({});
    CHECK(result.verdict == Verdict::could_not_judge);
    CHECK(result.exit_code == 2);
}

TEST_CASE("one decided blocking row that holds is a pass", "[verdict]") {
    const auto result = concluded({row(Status::pass)});
    CHECK(result.verdict == Verdict::pass);
    CHECK(result.exit_code == 0);
    CHECK(result.counts.declared == 1);
    CHECK(result.counts.evaluated == 1);
    CHECK(result.counts.by_status.at("pass") == 1);
}

TEST_CASE("each blocking status has its exit code", "[verdict]") {
    for (const Status status :
         {Status::regressed, Status::violated, Status::missing, Status::incomparable}) {
        CHECK(concluded({row(status), row(Status::pass)}).exit_code == 1);
    }
    CHECK(concluded({row(Status::error), row(Status::pass)}).exit_code == 2);
}

TEST_CASE("fail wins over could not judge, which wins over undecided", "[verdict]") {
    auto undecided = row(Status::inconclusive);
    undecided.rule.inconclusive_blocks = true;
    CHECK(concluded({undecided, row(Status::pass)}).exit_code == 3);
    CHECK(concluded({undecided, row(Status::error), row(Status::pass)}).exit_code == 2);
    CHECK(concluded({undecided, row(Status::error), row(Status::regressed)}).exit_code == 1);
}

TEST_CASE("a row of level warn that could not be judged keeps the run from passing", "[verdict]") {
    CHECK(concluded({row(Status::error, Level::warn), row(Status::pass)}).exit_code == 2);
}

TEST_CASE("bad answers of level warn and info never block", "[verdict]") {
    CHECK(concluded({row(Status::regressed, Level::warn), row(Status::pass)}).exit_code == 0);
    CHECK(concluded({row(Status::error, Level::info), row(Status::pass)}).exit_code == 0);
}

TEST_CASE("a gate whose blocking rows are all undecided is undecided", "[verdict]") {
    CHECK(concluded({row(Status::inconclusive), row(Status::inconclusive)}).exit_code == 3);
    CHECK(concluded({row(Status::no_baseline)}).exit_code == 3);
    CHECK(concluded({row(Status::pass, Level::warn)}).exit_code == 3);
}

TEST_CASE("a gate of which everything was skipped has judged nothing", "[verdict]") {
    CHECK(concluded({row(Status::skipped), row(Status::skipped)}).exit_code == 2);
}

TEST_CASE("a first run passes when at least one limit was judged", "[verdict]") {
    auto limited = row(Status::no_baseline);
    limited.limit_judged = true;
    CHECK(concluded({limited, row(Status::no_baseline)}).exit_code == 0);
    limited.rule.no_baseline_blocks = true;
    CHECK(concluded({limited}).exit_code == 3);
}

TEST_CASE("strict makes undecided, uncompared and new rows block", "[verdict]") {
    const Strictness strict{true, false};
    CHECK(concluded({row(Status::inconclusive), row(Status::pass)}, strict).exit_code == 3);
    CHECK(concluded({row(Status::no_baseline), row(Status::pass)}, strict).exit_code == 3);
    CHECK(concluded({row(Status::new_metric), row(Status::pass)}, strict).exit_code == 3);
    CHECK(concluded({row(Status::new_metric), row(Status::pass)}).exit_code == 0);
}

TEST_CASE("no-fail excuses 1 and 3 but never 2, and keeps the verdict", "[verdict]") {
    const Strictness no_fail{false, true};
    const auto failed = concluded({row(Status::regressed)}, no_fail);
    CHECK(failed.exit_code == 0);
    CHECK(failed.verdict == Verdict::fail);
    CHECK(concluded({row(Status::inconclusive)}, no_fail).exit_code == 0);
    CHECK(concluded({row(Status::error), row(Status::pass)}, no_fail).exit_code == 2);
    CHECK(concluded({}, no_fail).exit_code == 2);
}

TEST_CASE("a row that is neither evaluated nor explained keeps the run from passing", "[verdict]") {
    auto silent = row(Status::skipped);
    silent.reason.clear();
    CHECK(concluded({silent, row(Status::pass)}).exit_code == 2);
}

TEST_CASE("a declared check without a row keeps the run from passing", "[verdict]") {
    GateResult result;
    result.checks = {row(Status::pass)};
    verdict::conclude(result, 2, {});
    CHECK(result.exit_code == 2);
}

TEST_CASE("a failure stays one where another declared check has no row", "[verdict]") {
    GateResult result;
    result.checks = {row(Status::regressed)};
    verdict::conclude(result, 2, {});
    CHECK(result.exit_code == 1);
}

TEST_CASE("an answer that nobody knows is never a pass, wherever it is looked at", "[verdict]") {
    const auto unknown = static_cast<Status>(99);
    CHECK(concluded({row(unknown), row(Status::pass)}).exit_code == 2);
    CHECK(concluded({row(unknown, Level::warn)}).exit_code == 3);
    CHECK(verdict::exit_code(static_cast<Verdict>(99)) == 2);
    CHECK(verdict::name(static_cast<Verdict>(99)) == std::string("could_not_judge"));
    CHECK(verdict::name(unknown) == std::string("error"));
    CHECK(verdict::name(static_cast<Level>(99)) == std::string("block"));
    CHECK(verdict::name(static_cast<verdict::WaiverState>(99)) == std::string("unused"));
}

TEST_CASE("a first run in which no limit was judged is undecided, and new metrics do not help",
          "[verdict]") {
    CHECK(concluded({row(Status::no_baseline), row(Status::new_metric)}).exit_code == 3);
    auto limited = row(Status::new_metric);
    limited.limit_judged = true;
    CHECK(concluded({limited}).exit_code == 0);
}

TEST_CASE("a waived row decides as much as what it was", "[verdict]") {
    for (const auto& [before, code] : {std::pair(Status::regressed, 0),
                                       {Status::violated, 0},
                                       {Status::missing, 3},
                                       {Status::inconclusive, 3}}) {
        auto waived = row(Status::waived);
        waived.instead_of = before;
        CHECK(concluded({waived}).exit_code == code);
    }
    CHECK(concluded({row(Status::waived)}).exit_code == 3);
}

TEST_CASE("a row that nobody declared keeps the run from passing", "[verdict]") {
    GateResult result;
    result.checks = {row(Status::pass), row(Status::pass)};
    result.checks[1].evaluated = false;
    result.checks[1].reason.clear();
    verdict::conclude(result, 1, {});
    CHECK(result.counts.evaluated == 1);
    CHECK(result.exit_code == 2);
}

TEST_CASE("what became of a waiver has a name", "[verdict]") {
    using verdict::WaiverState;
    CHECK(verdict::name(WaiverState::covers) == std::string("covers"));
    CHECK(verdict::name(WaiverState::exceeded) == std::string("exceeded"));
    CHECK(verdict::name(WaiverState::about_to_lapse) == std::string("about_to_lapse"));
    CHECK(verdict::name(WaiverState::unused) == std::string("unused"));
    CHECK(verdict::name(WaiverState::not_judged) == std::string("not_judged"));
    CHECK(verdict::name(WaiverState::lapsed) == std::string("lapsed"));
    CHECK(verdict::name(WaiverState::too_long) == std::string("too_long"));
    CHECK(verdict::name(WaiverState::of_the_change) == std::string("of_the_change"));
}
