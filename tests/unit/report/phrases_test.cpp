#include "report/phrases.h"

#include <set>

#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;
using report::terminal_sink;

TEST_CASE("the tally names every status that occurs", "[report]") {
    CHECK(report::tally(tests::sample_fail()) ==
          "5 of 5 checks evaluated or explained: 1 pass, 1 regressed, 1 violated, 1 inconclusive, "
          "1 missing.");
    CHECK(report::tally({}) == "No check was judged.");
    auto incomplete = tests::sample_pass();
    incomplete.counts.evaluated = 3;
    CHECK(report::tally(incomplete).starts_with("3 of 4 checks evaluated"));
}

TEST_CASE("an exit code that is not the verdict's own is explained", "[report]") {
    auto result = tests::sample_fail();
    CHECK(report::exit_note(result).empty());
    result.exit_code = 0;
    CHECK(report::exit_note(result) == "The exit code is 0 instead of 1, because of --no-fail.");
}

TEST_CASE("an undecided row says what this data could have shown", "[report]") {
    CHECK(report::why(tests::undecided_row(), terminal_sink) ==
          "a loss beyond the margin cannot be ruled out; about 1,900 more examples would decide; "
          "the smallest drop this data can show is 0.027");
}

TEST_CASE("an undefined value gives its reason, once", "[report]") {
    auto row = tests::sample_mixed().checks[3];
    CHECK(report::why(row, terminal_sink) ==
          "the metric has no value on one side; the candidate is undefined: no example is "
          "predicted positive");
    row.reason = "the candidate is undefined: no example is predicted positive";
    CHECK(report::why(row, terminal_sink) == row.reason);
}

TEST_CASE("that no uncertainty is known is said in the change, not twice", "[report]") {
    CHECK(report::why(tests::sample_pass().checks[2], terminal_sink) ==
          "the change stays within the margin");
}

TEST_CASE("a status says how sure it is and whether it only warns", "[report]") {
    CHECK(report::status_words(tests::sample_mixed().checks[1]) ==
          "regressed, confirmed, only warns");
    CHECK(report::status_words(tests::sample_undecided().checks[1]) == "inconclusive, leans worse");
    CHECK(report::status_words(tests::sample_pass().checks[1]) == "pass, worse within the margin");
}

TEST_CASE("a decision that the shown interval contradicts is explained", "[report]") {
    auto row = tests::regressed_row();
    CHECK(report::margin_remark(row).empty());
    row.rule.margin = {std::nullopt, 0.03, false};
    CHECK(report::margin_remark(row).empty());
    row.comparison->margin->lower = 0.001;
    CHECK(report::margin_remark(row).starts_with("the allowed loss moves with the baseline"));
}

TEST_CASE("slices stand behind their check", "[report]") {
    CHECK(report::check_label(tests::sample_undecided().checks[1].rule) ==
          "recall-by-language [language=tr]");
}

TEST_CASE("every status has a meaning", "[report]") {
    std::set<std::string> words;
    for (const report::Meaning& meaning : report::status_meanings()) {
        words.insert(meaning.word);
    }
    for (const verdict::Status status : report::all_statuses()) {
        CHECK(words.count(verdict::name(status)) == 1);
    }
    CHECK(words.size() == report::all_statuses().size());
}

TEST_CASE("the change's heading names the level that all rows share", "[report]") {
    CHECK(report::change_heading(tests::sample_fail()) == "Change (90 % interval, minus is worse)");
    CHECK(report::change_heading(tests::sample_mixed()) == "Change (minus is worse)");
}
