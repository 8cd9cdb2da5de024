#include "support/catch.h"
#include "unit/metrics/column_fixtures.h"

using namespace metricgate;
using test::finding;
using test::found;
using test::ramp;
using test::reason;
using test::remark;
using test::times;
using test::operator+;

TEST_CASE("missing_rate counts cells without a usable value on either side", "[metrics]") {
    const auto result =
        finding("missing_rate", ramp(9) + times(1, ""), ramp(6) + times(3, "") + times(1, "nan"));
    CHECK(result.baseline.number() == 0.1);
    CHECK(result.candidate.number() == 0.4);
    CHECK(result.candidate_n == 10);
}

TEST_CASE("unseen_categories names what the baseline never had", "[metrics]") {
    const auto result = finding("unseen_categories", times(5, "a") + times(5, "1"),
                                times(6, "a") + times(3, "c") + times(1, "1.0"));
    CHECK(result.candidate.number() == 1.0);
    CHECK(remark(result, "unseen_categories") ==
          "Not seen at the baseline: 'c', 30 % of the candidate's values.");
}

TEST_CASE("vanished_categories leaves out those too rare to be missed", "[metrics]") {
    const auto result = finding("vanished_categories",
                                times(600, "a") + times(390, "b") + times(10, "c"), times(50, "a"));
    CHECK(result.candidate.number() == 1.0);
    CHECK(remark(result, "vanished_categories") == "Gone at the candidate: 'b'.");
    CHECK(remark(result, "rare_categories").find("'c'") != std::string::npos);
    CHECK(reason("vanished_categories", ramp(5), times(5, "")) ==
          "the candidate's column holds no value");
}

TEST_CASE("out_of_range takes the stated range, else the baseline's", "[metrics]") {
    CHECK(found("out_of_range", ramp(10), ramp(10, 5)) == 0.5);
    const auto stated =
        finding("{name: out_of_range, range: {min: 0, max: 100}}", ramp(10), ramp(10, 5));
    CHECK(stated.candidate.number() == 0.0);
    CHECK(remark(stated, "range") ==
          "The policy states values from 0 to 100, the candidate from 5 to 14; 0 lie outside.");
    CHECK(reason("out_of_range", ramp(5), ramp(4) + times(1, "x")).find("'x'") !=
          std::string::npos);
    CHECK(reason("out_of_range", ramp(5), times(5, "")) == "the candidate's column holds no value");
}

TEST_CASE("type_mismatches counts text among numbers, and numbers where text was", "[metrics]") {
    CHECK(found("type_mismatches", ramp(10), ramp(10)) == 0.0);
    CHECK(found("type_mismatches", ramp(10), ramp(8) + times(2, "n/a")) == 2.0);
    CHECK(found("type_mismatches", times(5, "a") + times(5, "1"), ramp(10)) == 10.0);
    CHECK(found("type_mismatches", times(5, "a"), times(4, "b") + times(1, "1")) == 0.0);
    CHECK(found("{name: type_mismatches, type: numeric}", times(5, ""), times(3, "a")) == 3.0);
    CHECK(reason("type_mismatches", times(5, ""), ramp(5)) ==
          "the baseline's column holds no value, so its type is unknown; state `type:`");
}

TEST_CASE("a column that changed its type cannot be compared", "[metrics]") {
    const auto conflict = [](const auto& baseline, const auto& candidate, const char* setting) {
        const evidence::ColumnSides sides{test::column_of(baseline), test::column_of(candidate)};
        return metrics::type_conflict(sides, test::bound(setting).parameters.of_column);
    };
    CHECK(
        conflict(ramp(5), ramp(4) + times(1, "x"), "psi")
            .find("the column holds numbers at the baseline, but the candidate has the text 'x'") ==
        0);
    CHECK(conflict(times(5, "a"), ramp(5), "psi").find("the column holds text at the baseline") ==
          0);
    CHECK(conflict(ramp(5), times(5, "x"), "{name: psi, type: categorical}").empty());
    CHECK(conflict(ramp(5), times(5, ""), "psi").empty());
    CHECK(conflict(times(5, "a"), times(5, "b"), "psi").empty());
}
