#include <vector>

#include "support/catch.h"
#include "verdict/judge.h"

using namespace metricgate;
using verdict::CheckResult;
using verdict::Correction;
using verdict::Status;

namespace {

CheckResult claim(double p, bool confirmed = false) {
    CheckResult row;
    row.rule.margin.absolute = 0.01;
    row.status = Status::regressed;
    row.confirmed = confirmed;
    row.reason = "the loss is real and reaches the margin";
    row.comparison.emplace();
    row.comparison->interval = stats::Interval{-0.05, -0.001, 0.95};
    row.comparison->p_no_loss = p;
    return row;
}

CheckResult passing(double p) {
    CheckResult row = claim(p);
    row.status = Status::pass;
    return row;
}

}  // namespace

TEST_CASE("a claim that does not survive Holm becomes inconclusive and leans worse", "[verdict]") {
    std::vector<CheckResult> rows = {claim(0.04), passing(0.5), passing(0.9)};
    verdict::correct_for_multiplicity(rows, Correction::holm);
    CHECK(rows[0].status == Status::inconclusive);
    CHECK(rows[0].leans == "worse");
    REQUIRE(rows[0].adjusted_p);
    CHECK_THAT(*rows[0].adjusted_p, WithinAbs(0.12, 1e-12));
    CHECK(rows[0].notes.back().code == "regressed_before_correction");
    CHECK(rows[0].reason.find("p 0.04") != std::string::npos);
    CHECK(rows[0].reason.find("0.12") != std::string::npos);
}

TEST_CASE("a claim that survives Holm stays", "[verdict]") {
    std::vector<CheckResult> rows = {claim(0.001), passing(0.5), claim(0.02)};
    verdict::correct_for_multiplicity(rows, Correction::holm);
    CHECK(rows[0].status == Status::regressed);
    CHECK(rows[2].status == Status::regressed);
}

TEST_CASE("a confirmed claim is corrected like any other", "[verdict]") {
    std::vector<CheckResult> rows = {claim(0.04, true), passing(0.5), passing(0.9)};
    verdict::correct_for_multiplicity(rows, Correction::holm);
    CHECK(rows[0].status == Status::inconclusive);
    CHECK_FALSE(rows[0].confirmed);
    rows = {claim(0.001, true), passing(0.5), passing(0.9)};
    verdict::correct_for_multiplicity(rows, Correction::holm);
    CHECK(rows[0].status == Status::regressed);
    CHECK(rows[0].confirmed);
}

TEST_CASE("slices are a family of their own, and so is every level", "[verdict]") {
    std::vector<CheckResult> rows = {claim(0.04), claim(0.04), claim(0.04)};
    rows[1].rule.slice["language"] = "de";
    rows[2].rule.level = verdict::Level::warn;
    verdict::correct_for_multiplicity(rows, Correction::holm);
    CHECK(rows[0].status == Status::regressed);
    CHECK(rows[1].status == Status::regressed);
    CHECK(rows[2].status == Status::regressed);
}

TEST_CASE("the slices of all checks of a level are one family", "[verdict]") {
    std::vector<CheckResult> rows = {claim(0.04), passing(0.5), passing(0.6)};
    for (CheckResult& row : rows) {
        row.rule.slice["language"] = "de";
    }
    rows[0].rule.id = "accuracy";
    rows[1].rule.id = "recall";
    rows[2].rule.id = "recall";
    verdict::correct_for_multiplicity(rows, Correction::holm);
    CHECK(rows[0].status == Status::inconclusive);
    CHECK_THAT(*rows[0].adjusted_p, WithinAbs(0.12, 1e-12));
    CHECK(rows[0].reason.find("correction for 3 slices") != std::string::npos);
}

TEST_CASE("identical and undecidable rows do not count into the family", "[verdict]") {
    std::vector<CheckResult> rows = {claim(0.04), passing(1.0), passing(1.0)};
    rows[1].comparison->identical = true;
    rows[2].comparison->degenerate = true;
    verdict::correct_for_multiplicity(rows, Correction::holm);
    CHECK(rows[0].status == Status::regressed);
}

TEST_CASE("each correction decides by its own adjusted p and names itself", "[verdict]") {
    const auto corrected = [](Correction correction) {
        std::vector<CheckResult> rows = {claim(0.02), claim(0.03), passing(0.9)};
        verdict::correct_for_multiplicity(rows, correction);
        return rows;
    };
    const auto holm = corrected(Correction::holm);
    CHECK(holm[0].status == Status::inconclusive);
    CHECK(holm[0].reason.find("(Holm p 0.06)") != std::string::npos);
    // Step-up: the larger of the two claims carries the smaller one.
    const auto hochberg = corrected(Correction::hochberg);
    CHECK_THAT(*hochberg[0].adjusted_p, WithinAbs(0.06, 1e-12));
    CHECK(hochberg[1].reason.find("(Hochberg p 0.06)") != std::string::npos);
    const auto bh = corrected(Correction::benjamini_hochberg);
    CHECK(bh[0].status == Status::regressed);
    CHECK(bh[1].status == Status::regressed);
    CHECK_THAT(*bh[1].adjusted_p, WithinAbs(0.045, 1e-12));
    const auto by = corrected(Correction::benjamini_yekutieli);
    CHECK(by[0].status == Status::inconclusive);
    CHECK(by[0].reason.find("(Benjamini-Yekutieli p 0.08") != std::string::npos);
    const auto none = corrected(Correction::none);
    CHECK(none[0].status == Status::regressed);
    CHECK_FALSE(none[0].adjusted_p);
}

TEST_CASE("a row alone among rows that claim nothing is corrected as it is in their midst",
          "[verdict]") {
    for (const Correction correction :
         {Correction::holm, Correction::hochberg, Correction::benjamini_hochberg,
          Correction::benjamini_yekutieli, Correction::none}) {
        for (const double p : {0.0001, 0.012, 0.04, 1.0}) {
            std::vector<CheckResult> rows = {passing(1.0), claim(p), passing(1.0), passing(1.0)};
            verdict::correct_for_multiplicity(rows, correction);
            CheckResult alone = claim(p);
            verdict::correct_among(alone, 3, correction);
            CHECK(alone.status == rows[1].status);
            CHECK(alone.reason == rows[1].reason);
            CHECK(alone.adjusted_p == rows[1].adjusted_p);
        }
    }
}

TEST_CASE("a row that no interval judges is corrected with nobody", "[verdict]") {
    CheckResult row = claim(0.04);
    row.comparison->interval.reset();
    CHECK_FALSE(verdict::correction_family(row));
    verdict::correct_among(row, 100, Correction::holm);
    CHECK(row.status == Status::regressed);
    CHECK_FALSE(row.adjusted_p);
}

TEST_CASE("only rows that an interval judges belong to a family", "[verdict]") {
    const CheckResult good = claim(0.04);
    REQUIRE(verdict::correction_family(good));
    const auto member = [&](const auto& spoil) {
        CheckResult row = good;
        spoil(row);
        return verdict::correction_family(row).has_value();
    };
    CHECK_FALSE(member([](CheckResult& row) { row.comparison.reset(); }));
    CHECK_FALSE(member([](CheckResult& row) { row.comparison->p_no_loss.reset(); }));
    CHECK_FALSE(member([](CheckResult& row) { row.comparison->identical = true; }));
    CHECK_FALSE(member([](CheckResult& row) { row.comparison->problem = "undefined"; }));
    CHECK_FALSE(member([](CheckResult& row) { row.comparison->degenerate = true; }));
    CHECK_FALSE(member([](CheckResult& row) {
        row.comparison->insufficient = comparison::Insufficient{"examples", 3, 30};
    }));
    // A loss that is shown stands on such data, and so is corrected.
    CHECK(member([](CheckResult& row) {
        row.comparison->degenerate = row.comparison->loss_claims_stand = true;
    }));
    CHECK_FALSE(member([](CheckResult& row) { row.rule.margin = {}; }));
    CHECK(member([](CheckResult& row) { row.rule.margin = {{}, 0.05, false}; }));
    CHECK(member([](CheckResult& row) {
        row.rule.margin = {};
        row.rule.require = verdict::Require::improvement;
    }));
}

TEST_CASE("a correction that nobody knows is Holm's, and none leaves p as it is", "[verdict]") {
    const auto unknown = static_cast<Correction>(99);
    CHECK(verdict::corrected({0.02, 0.5}, unknown) == std::vector<double>{0.04, 0.5});
    CHECK(verdict::corrected({0.02, 0.5}, Correction::none) == std::vector<double>{0.02, 0.5});
    CHECK(verdict::name(unknown) == std::string("holm"));
    CHECK(verdict::name(Correction::holm) == std::string("holm"));
    CHECK(verdict::name(Correction::hochberg) == std::string("hochberg"));
    CHECK(verdict::name(Correction::benjamini_hochberg) == std::string("bh"));
    CHECK(verdict::name(Correction::benjamini_yekutieli) == std::string("by"));
    CHECK(verdict::name(Correction::none) == std::string("none"));
    std::vector<CheckResult> rows = {claim(0.04), passing(0.5)};
    verdict::correct_for_multiplicity(rows, unknown);
    CHECK(rows[0].reason.find("(Holm p 0.08)") != std::string::npos);
}
