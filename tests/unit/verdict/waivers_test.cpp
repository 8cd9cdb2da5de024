#include "verdict/waivers.h"

#include "support/catch.h"

using namespace metricgate;
using verdict::CheckResult;
using verdict::GateResult;
using verdict::Status;
using verdict::Waiver;
using verdict::WaiverState;

namespace {

/// accuracy 0.94 -> 0.90 at a margin of 0.01.
CheckResult row(Status status, double baseline = 0.94, double candidate = 0.90) {
    CheckResult result;
    result.rule.id = result.rule.check = "accuracy";
    result.rule.margin.absolute = 0.01;
    result.status = status;
    result.reason = "because";
    result.evaluated = true;
    comparison::Comparison compared;
    compared.baseline = metrics::Value::of(baseline);
    compared.candidate = metrics::Value::of(candidate);
    compared.delta = candidate - baseline;
    result.comparison = compared;
    return result;
}

CheckResult missing_row() {
    CheckResult result = row(Status::missing);
    result.comparison.reset();
    result.evaluated = false;
    return result;
}

Waiver waiver() {
    Waiver waiver;
    waiver.check = "accuracy";
    waiver.reason = "relabelled";
    waiver.owner = "@team";
    waiver.expires = "2026-12-31";
    waiver.days_left = 40;
    waiver.where = support::in_file("policy.yaml", 9, 5);
    return waiver;
}

Waiver waiver_up_to(double absolute) {
    Waiver result = waiver();
    result.absolute = absolute;
    return result;
}

GateResult judged(std::vector<CheckResult> rows, std::vector<Waiver> waivers,
                  verdict::Strictness strictness = {}) {
    GateResult result;
    result.checks = std::move(rows);
    result.waivers = std::move(waivers);
    verdict::apply_waivers(result, strictness);
    verdict::conclude(result, result.checks.size(), strictness);
    return result;
}

}  // namespace

TEST_CASE("a waived row keeps what it was, and the run passes on what was judged", "[verdict]") {
    for (const Status status : {Status::regressed, Status::violated}) {
        const auto result = judged({row(status)}, {waiver()});
        CHECK(result.checks[0].status == Status::waived);
        CHECK(result.checks[0].instead_of == status);
        CHECK(result.checks[0].waiver->owner == "@team");
        CHECK(result.waivers[0].state == WaiverState::covers);
        CHECK(result.waivers[0].rows == 1);
        CHECK(result.counts.by_status.at("waived") == 1);
        CHECK(result.exit_code == 0);
        CHECK(result.warnings.empty());
    }
}

TEST_CASE("a run of nothing but rows that could not be compared decides nothing, waived or not",
          "[verdict]") {
    auto incomparable = row(Status::incomparable);
    incomparable.comparison.reset();
    CHECK(judged({incomparable}, {waiver()}).exit_code == 3);
    CHECK(judged({incomparable, row(Status::pass)}, {}).exit_code == 1);
    auto other = row(Status::pass);
    other.rule.check = "other";
    CHECK(judged({incomparable, other}, {waiver()}).exit_code == 0);
}

TEST_CASE("what could not be judged is never waived", "[verdict]") {
    const auto result = judged({row(Status::error)}, {waiver()});
    CHECK(result.checks[0].status == Status::error);
    CHECK(result.checks[0].reason == "because; a waiver does not excuse what could not be judged");
    CHECK(result.exit_code == 2);
}

TEST_CASE("a loss beyond what the waiver covers still blocks", "[verdict]") {
    CHECK(judged({row(Status::regressed)}, {waiver_up_to(0.05)}).exit_code == 0);
    const auto result = judged({row(Status::regressed)}, {waiver_up_to(0.03)});
    CHECK(result.exit_code == 1);
    CHECK(result.checks[0].reason == "because; its waiver covers only a loss up to 0.03");
    CHECK(result.waivers[0].state == WaiverState::exceeded);
    CHECK(result.warnings.at(0).find("does not help") != std::string::npos);
}

TEST_CASE("0.94 -> 0.90 is a loss of 0.04, although doubles say more", "[verdict]") {
    CHECK(judged({row(Status::regressed)}, {waiver_up_to(0.04)}).exit_code == 0);
    CHECK(judged({row(Status::regressed)}, {waiver_up_to(0.0399)}).exit_code == 1);
}

TEST_CASE("a relative bound is a share of the baseline", "[verdict]") {
    Waiver share = waiver();
    share.relative = 0.05;
    CHECK(judged({row(Status::regressed)}, {share}).exit_code == 0);
    share.relative = 0.04;
    CHECK(judged({row(Status::regressed)}, {share}).exit_code == 1);
}

TEST_CASE("a bound on the loss excuses nothing whose loss is not known", "[verdict]") {
    CHECK(judged({missing_row(), row(Status::pass)}, {waiver()}).exit_code == 0);
    const auto result = judged({missing_row()}, {waiver_up_to(0.5)});
    CHECK(result.exit_code == 1);
    CHECK(result.checks[0].reason ==
          "because; its waiver covers only a loss up to 0.5, and here the loss is not known");
    auto undefined = row(Status::regressed);
    undefined.comparison->candidate = metrics::Value::undefined("no positives");
    CHECK(judged({undefined}, {waiver_up_to(0.5)}).exit_code == 1);
}

TEST_CASE("the bound also covers the distance to a broken limit", "[verdict]") {
    auto broken = row(Status::violated, 0.91, 0.90);
    broken.rule.minimum = verdict::Limit{0.95, verdict::Bound::point};
    CHECK(judged({broken}, {waiver_up_to(0.05)}).exit_code == 0);
    CHECK(judged({broken}, {waiver_up_to(0.03)}).exit_code == 1);
    auto above = row(Status::violated);
    above.comparison->delta.reset();
    above.rule.maximum = verdict::Limit{0.2, verdict::Bound::point};
    above.comparison->candidate = metrics::Value::of(0.25);
    CHECK(judged({above}, {waiver_up_to(0.05)}).exit_code == 0);
    CHECK(judged({above}, {waiver_up_to(0.04)}).exit_code == 1);
}

TEST_CASE("the bound holds for gains where these are bounded", "[verdict]") {
    auto leak = row(Status::violated, 0.80, 0.99);
    leak.rule.max_gain = 0.05;
    CHECK(judged({leak}, {waiver_up_to(0.1)}).exit_code == 1);
    CHECK(judged({leak}, {waiver_up_to(0.2)}).exit_code == 0);
}

TEST_CASE("lapsed, too long and new waivers excuse nothing, and are said", "[verdict]") {
    for (const auto state :
         {WaiverState::lapsed, WaiverState::too_long, WaiverState::of_the_change}) {
        Waiver useless = waiver();
        useless.state = state;
        const auto result = judged({row(Status::regressed)}, {useless});
        CHECK(result.exit_code == 1);
        CHECK(result.checks[0].status == Status::regressed);
        CHECK(result.waivers[0].state == state);
        CHECK(result.warnings.size() == 1);
        CHECK(judged({row(Status::pass)}, {useless}).warnings.size() == 1);
    }
}

TEST_CASE("a waiver that nothing needs is said, unless its check was left out", "[verdict]") {
    CHECK(judged({row(Status::pass)}, {waiver()}).waivers[0].state == WaiverState::unused);
    CHECK(judged({row(Status::pass)}, {waiver()}).warnings.size() == 1);
    CHECK(judged({row(Status::skipped), row(Status::pass)}, {waiver()}).waivers[0].state ==
          WaiverState::unused);
    const auto skipped = judged({row(Status::skipped)}, {waiver()});
    CHECK(skipped.waivers[0].state == WaiverState::not_judged);
    CHECK(skipped.warnings.empty());
    auto elsewhere = row(Status::pass);
    elsewhere.rule.check = "other";
    CHECK(judged({elsewhere}, {waiver()}).warnings.size() == 1);
}

TEST_CASE("only a row that would block is waived", "[verdict]") {
    auto warns = row(Status::regressed);
    warns.rule.level = verdict::Level::warn;
    CHECK(judged({warns}, {waiver()}).checks[0].status == Status::regressed);
    const auto open = row(Status::inconclusive);
    CHECK(judged({open}, {waiver()}).checks[0].status == Status::inconclusive);
    CHECK(judged({open}, {waiver()}, {true, false}).checks[0].status == Status::waived);
    // A row that decides nothing does not make a pass when it is excused.
    CHECK(judged({open}, {waiver()}, {true, false}).exit_code == 3);
}

TEST_CASE("in its last fourteen days a waiver is announced, and --strict does not count it",
          "[verdict]") {
    Waiver late = waiver();
    late.days_left = 14;
    CHECK(judged({row(Status::regressed)}, {late}, {true, false}).exit_code == 0);
    late.days_left = 13;
    const auto result = judged({row(Status::regressed)}, {late});
    CHECK(result.exit_code == 0);
    CHECK(result.warnings.at(0).find("in 13 days") != std::string::npos);
    const auto strict = judged({row(Status::regressed)}, {late}, {true, false});
    CHECK(strict.exit_code == 1);
    CHECK(strict.waivers[0].state == WaiverState::about_to_lapse);
}

TEST_CASE("a waiver of a slice covers the rows within it, and no others", "[verdict]") {
    auto tr = row(Status::regressed);
    tr.rule.slice = {{"language", "tr"}, {"device", "phone"}};
    auto de = row(Status::regressed);
    de.rule.slice = {{"language", "de"}, {"device", "phone"}};
    Waiver turkish = waiver();
    turkish.slice = {{"language", "tr"}};
    const auto result = judged({tr, de}, {turkish});
    CHECK(result.checks[0].status == Status::waived);
    CHECK(result.checks[1].status == Status::regressed);
    CHECK(verdict::target(turkish) == "accuracy [language=tr]");
    const auto both = judged({tr, de}, {turkish, waiver()});
    CHECK(both.waivers[0].rows == 1);
    CHECK(both.waivers[1].rows == 1);
}

TEST_CASE("a waiver of a slice does not cover the whole check", "[verdict]") {
    Waiver turkish = waiver();
    turkish.slice = {{"language", "tr"}};
    const auto result = judged({row(Status::regressed)}, {turkish});
    CHECK(result.checks[0].status == Status::regressed);
    CHECK(result.waivers[0].rows == 0);
}

TEST_CASE("a row that no check asks for cannot be waived", "[verdict]") {
    auto vanished = missing_row();
    vanished.rule.check.clear();
    Waiver nameless = waiver();
    CHECK(judged({vanished}, {nameless}).checks[0].status == Status::missing);
}

TEST_CASE("the bound covers the distance of the bound that a limit is about", "[verdict]") {
    auto broken = row(Status::violated, 0.90, 0.90);
    broken.rule.minimum = verdict::Limit{0.90, verdict::Bound::lower};
    broken.rule.maximum = verdict::Limit{0.91, verdict::Bound::upper};
    broken.comparison->candidate_interval = stats::Interval{0.87, 0.92, 0.95};
    CHECK(judged({broken}, {waiver_up_to(0.03)}).exit_code == 0);
    CHECK(judged({broken}, {waiver_up_to(0.029)}).exit_code == 1);
    broken.rule.minimum.reset();
    CHECK(judged({broken}, {waiver_up_to(0.011)}).exit_code == 0);
    CHECK(judged({broken}, {waiver_up_to(0.009)}).exit_code == 1);
    broken.comparison->candidate_interval.reset();  // by how much it is broken nobody knows
    CHECK(judged({broken}, {waiver_up_to(0.5)}).exit_code == 1);
}

TEST_CASE("the bound holds for a change of which no baseline is shown", "[verdict]") {
    auto lost = row(Status::regressed);
    lost.comparison->baseline = metrics::Value::undefined("not shown");
    CHECK(judged({lost}, {waiver_up_to(0.05)}).exit_code == 0);
    CHECK(judged({lost}, {waiver_up_to(0.03)}).exit_code == 1);
    Waiver share = waiver();
    share.relative = 0.9;  // of a baseline that nobody knows
    CHECK(judged({lost}, {share}).exit_code == 1);
}

TEST_CASE("an equivalence that a gain violates is covered by the gain's size", "[verdict]") {
    auto gained = row(Status::violated, 0.80, 0.90);
    gained.rule.require = verdict::Require::equivalence;
    CHECK(judged({gained}, {waiver_up_to(0.09)}).exit_code == 1);
    CHECK(judged({gained}, {waiver_up_to(0.11)}).exit_code == 0);
}

TEST_CASE("what a waiver covers, and until when, is said in words", "[verdict]") {
    Waiver share = waiver();
    share.relative = 0.05;
    CHECK(verdict::covered_loss(share) == "a loss up to 5 % of the baseline");
    CHECK(verdict::covered_loss(waiver()) == "any loss");
    Waiver last = waiver();
    last.days_left = 0;
    CHECK(judged({row(Status::regressed)}, {last}).warnings.at(0) ==
          "The waiver of accuracy (policy.yaml:9:5) lapses after 2026-12-31, today; from then on "
          "the check blocks. @team answers for it.");
    last.days_left = 1;
    CHECK(judged({row(Status::regressed)}, {last}).warnings.at(0).find("in 1 day;") !=
          std::string::npos);
    last.slice = {{"device", "phone"}, {"language", "tr"}};
    CHECK(verdict::target(last) == "accuracy [device=phone, language=tr]");
}

TEST_CASE("a row says why each of its waivers does not help", "[verdict]") {
    const auto reason = [](WaiverState state, verdict::Strictness strictness = {}) {
        Waiver own = waiver();
        own.state = state;
        own.days_left = 3;
        return judged({row(Status::regressed)}, {own}, strictness).checks[0].reason;
    };
    CHECK(reason(WaiverState::lapsed) == "because; its waiver lapsed after 2026-12-31");
    CHECK(reason(WaiverState::too_long) ==
          "because; its waiver does not count, because it ends too late");
    CHECK(reason(WaiverState::of_the_change) ==
          "because; its waiver does not count, because only this change has it");
    CHECK(reason(WaiverState::unused, {true, false}) ==
          "because; its waiver lapses after 2026-12-31, and --strict counts no waiver in its last "
          "14 days");
}

TEST_CASE("of the rows of one waiver the most telling answer is what it is said to be",
          "[verdict]") {
    const auto result = judged({row(Status::regressed, 0.94, 0.80), row(Status::regressed),
                                row(Status::pass), row(Status::skipped)},
                               {waiver_up_to(0.05)});
    CHECK(result.waivers[0].state == WaiverState::covers);
    CHECK(result.waivers[0].rows == 1);
    CHECK(result.exit_code == 1);
}

TEST_CASE("a limit that is kept needs no cover", "[verdict]") {
    auto broken = row(Status::violated, 0.90, 0.90);
    broken.rule.minimum = verdict::Limit{0.92, verdict::Bound::point};
    broken.rule.maximum = verdict::Limit{0.99, verdict::Bound::point};
    CHECK(judged({broken}, {waiver_up_to(0.03)}).exit_code == 0);
    CHECK(judged({broken}, {waiver_up_to(0.01)}).exit_code == 1);
}

TEST_CASE("a waiver of a slice is not for the whole check", "[verdict]") {
    Waiver part = waiver();
    part.slice = {{"language", "tr"}};
    CHECK(judged({row(Status::regressed)}, {part}).exit_code == 1);
}
