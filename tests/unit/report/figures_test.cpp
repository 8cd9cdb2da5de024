#include "report/figures.h"

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;
using report::figures_of;
using report::terminal_sink;

TEST_CASE("a row's numbers share their digits", "[report]") {
    const auto figures = figures_of(tests::regressed_row(), terminal_sink);
    CHECK(figures.baseline == "0.912");
    CHECK(figures.candidate == "0.871");
    CHECK(figures.change == "-0.041 [-0.059, -0.023]");
    CHECK(figures.allowed == "loss up to 0.03");
    CHECK(figures.n == "1,200 examples");
    CHECK(figures.mde == "0.027");
    CHECK(figures.method == "tango");
}

TEST_CASE("a lower bound just beyond the margin is not printed as the margin", "[report]") {
    auto row = tests::regressed_row();
    row.comparison->interval->lower = -0.03002;
    row.comparison->interval->upper = 0.01;
    CHECK(figures_of(row, terminal_sink).change == "-0.04100 [-0.03002, 0.01000]");
}

TEST_CASE("where lower is better the change says worse or better, and values carry the unit",
          "[report]") {
    const auto mixed = tests::sample_mixed();
    const auto figures = figures_of(mixed.checks[2], terminal_sink);
    CHECK(figures.baseline == "310.2 ms");
    CHECK(figures.change == "-42.2 ms [-51.0, -33.4] worse");
    CHECK(figures.allowed == "loss up to 15.5 ms (5 % and 2 ms)");
}

TEST_CASE("a bare number is labelled as one without known uncertainty", "[report]") {
    const auto figures = figures_of(tests::sample_pass().checks[2], terminal_sink);
    CHECK(figures.change == "-0.2 (no uncertainty known)");
    CHECK(figures.n == "-");
    CHECK(figures.mde == "-");
}

TEST_CASE("a limit's bound is shown with as many digits as its decision needs", "[report]") {
    auto row = tests::sample_fail().checks[2];
    CHECK(figures_of(row, terminal_sink).candidate == "0.867 (lower bound 0.849)");
    CHECK(figures_of(row, terminal_sink).allowed == "loss up to 0.02, at least 0.85 (lower bound)");
    row.comparison->candidate_interval->lower = 0.84996;
    CHECK(figures_of(row, terminal_sink).candidate == "0.86720 (lower bound 0.84996)");
}

TEST_CASE("what is absent, undefined or identical is said", "[report]") {
    const auto mixed = tests::sample_mixed();
    CHECK(figures_of(mixed.checks[3], terminal_sink).candidate == "undefined");
    CHECK(figures_of(mixed.checks[3], terminal_sink).change == "-");
    CHECK(figures_of(mixed.checks[4], terminal_sink).change == "0 (identical)");
    const auto missing = figures_of(tests::sample_fail().checks[3], terminal_sink);
    CHECK(missing.candidate == "-");
    CHECK(missing.allowed == "loss up to 0.02");
}

TEST_CASE("a relative margin alone is told before and after it is known", "[report]") {
    auto row = tests::regressed_row();
    row.rule.margin = {std::nullopt, 0.05, false};
    CHECK(figures_of(row, terminal_sink).allowed == "loss up to 0.030 (5 %)");
    row.margin.reset();
    CHECK(figures_of(row, terminal_sink).allowed == "loss up to 5 % of the baseline");
}

TEST_CASE("the level of an interval is named where rows differ", "[report]") {
    CHECK(figures_of(tests::regressed_row(), terminal_sink, true).change ==
          "-0.041 [-0.059, -0.023] (90 % interval)");
    CHECK(report::interval_name(0.975) == "95 % interval");
}

TEST_CASE("counts have commas and singulars", "[report]") {
    CHECK(report::grouped(1234567) == "1,234,567");
    CHECK(report::counted(1, "runs") == "1 run");
    CHECK(report::counted(0, "examples") == "0 examples");
}

TEST_CASE("a drift stands beside what chance alone shows", "[report]") {
    verdict::CheckResult row;
    row.rule.maximum = verdict::Limit{0.2, verdict::Bound::point};
    row.comparison.emplace();
    row.comparison->candidate = metrics::Value::of(0.0378);
    row.comparison->noise = metrics::Noise{0.0026, 0.0041, 2e-14};
    CHECK(figures_of(row, terminal_sink).candidate == "0.0378 (noise up to 0.0041)");
    CHECK(figures_of(row, terminal_sink).allowed == "at most 0.2");
}
