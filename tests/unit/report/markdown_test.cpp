#include <algorithm>
#include <sstream>

#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;

namespace {

std::string markdown(const verdict::GateResult& result) {
    return report::render_markdown(result, {});
}

/// What a reader sees before opening anything.
std::string first_screen(const verdict::GateResult& result) {
    const std::string text = markdown(result);
    return text.substr(0, text.find("<details>"));
}

}  // namespace

TEST_CASE("the first screen of a failed run is this", "[report]") {
    const std::string expected =
        R"(# metricgate: FAIL

5 of 5 checks evaluated or explained: 1 pass, 1 regressed, 1 violated, 1 inconclusive, 1 missing.

- Candidate `eval/predictions.csv` (commit `aaaabbbbcccc`) against baseline `main:eval/predictions.csv` (commit `0123456789ab`, 12 days older): 1,200 examples paired; 3 only in the baseline and 0 only in the candidate.
- Policy `.metricgate.yaml` at `0123456789ab`. The work tree's policy differs and did not count: `accuracy.margin.abs: 0.03 -> 0.05`.

| Check | Baseline | Candidate | Change (90 % interval, minus is worse) | Allowed | Why |
| --- | --- | --- | --- | --- | --- |
| `accuracy` | 0.912 | 0.871 | -0.041 [-0.059, -0.023] | loss up to 0.03 | **regressed**: the loss is real and reaches the margin |
| `precision` | 0.881 | 0.867 (lower bound 0.849) | -0.014 [-0.025, -0.003] | loss up to 0.02, at least 0.85 (lower bound) | **violated**: the lower bound 0.8493 is below the minimum 0.85 |
| `f1` | - | - | - | loss up to 0.02 | **missing**: the candidate has no metric `f1_macro` |
| `recall` | 0.874 | 0.868 | -0.006 [-0.021, 0.009] | loss up to 0.01 | **inconclusive**: a loss beyond the margin cannot be ruled out; about 1,900 more examples would decide; the smallest drop this data can show is 0.027 |

**Next step:** Run `metricgate explain accuracy` to see the examples that flipped.

)";
    CHECK(first_screen(tests::sample_fail()) == expected);
    CHECK(std::count(expected.begin(), expected.end(), '\n') <= 20);
}

TEST_CASE("the first line carries the verdict", "[report]") {
    CHECK(markdown(tests::sample_pass()).starts_with("# metricgate: PASS\n"));
    CHECK(markdown(tests::sample_undecided()).starts_with("# metricgate: UNDECIDED\n"));
    CHECK(markdown({}).starts_with("# metricgate: COULD NOT JUDGE\n"));
    CHECK(markdown(tests::sample_first_run())
              .starts_with("# metricgate: PASS - NOT COMPARED (no baseline yet)\n"));
}

TEST_CASE("passing rows are folded away, with their numbers", "[report]") {
    const auto result = tests::sample_pass();
    CHECK(first_screen(result).find("auc") == std::string::npos);
    CHECK(
        markdown(result).find(
            "| pass | `auc` | `roc_auc` | 0.9312 | 0.9335 | 0.0023 [-0.0021, 0.0067] | loss up to "
            "0.01 | 1,200 examples | 0.0066 | delong |\n") != std::string::npos);
}

TEST_CASE("failures come first, then warnings, then undecided, then waived rows", "[report]") {
    auto result = tests::sample_mixed();
    result.checks.push_back(tests::undecided_row("undecided-row"));
    const std::string screen = first_screen(result);
    const auto at = [&screen](const char* text) { return screen.find(text); };
    CHECK(at("`p95`") < at("`precision`"));
    CHECK(at("`precision`") < at("`accuracy-mobile`"));
    CHECK(at("`accuracy-mobile`") < at("`undecided-row`"));
    CHECK(at("`undecided-row`") < at("**waived, otherwise regressed**"));
    CHECK(at("**waived, otherwise regressed**") != std::string::npos);
    CHECK(at("waived by `@team` until 2026-12-31 (40 days): =relabelled rows") !=
          std::string::npos);
}

TEST_CASE("of two hundred failing slices the worst fifty are shown and the others counted",
          "[report]") {
    const std::string screen = first_screen(tests::sample_slices());
    CHECK(screen.find("[shop=1199]") < screen.find("[shop=1150]"));
    CHECK(screen.find("[shop=1149]") == std::string::npos);
    CHECK(screen.find("The worst 50 failing rows of 200 are shown; the other 150 stand under All "
                      "checks.") != std::string::npos);
}

TEST_CASE("hostile names add no line and start none", "[report]") {
    std::istringstream lines(markdown(tests::sample_hostile()));
    std::string line;
    while (std::getline(lines, line)) {
        const std::string start = line.substr(0, 2);
        CHECK((line.empty() || start == "# " || start == "- " || start == "| " || start == "**" ||
               start == "<d" || start == "<s" || start == "</" || line[0] == '3' ||
               line.starts_with("Change is") || line.starts_with("Exit codes")));
    }
}

TEST_CASE("an excused failure says so on the first screen", "[report]") {
    auto result = tests::sample_fail();
    result.exit_code = 0;
    CHECK(first_screen(result).find("because of --no-fail") != std::string::npos);
}

TEST_CASE(
    "a report of thousands of rows stays below what its host takes, and says what it left out",
    "[report]") {
    const auto result = tests::sample_thousands();
    const std::string summary = markdown(result);
    CHECK(summary.size() <= 900 * 1024);
    CHECK(summary.size() > 800 * 1024);
    const std::string comment = report::render_markdown_comment(result, {});
    CHECK(comment.size() <= 60 * 1024);
    CHECK(comment.size() > 50 * 1024);
    for (const std::string& text : {summary, comment}) {
        CHECK(text.starts_with("# metricgate: FAIL\n"));
        CHECK(text.find("The worst 50 failing rows of 1,500 are shown; the other 1,450 follow "
                        "under Worst checks as far as there is room.") != std::string::npos);
        CHECK(text.find("`--report json=FILE` has everything.") != std::string::npos);
        CHECK(text.find("<summary>How to read this report</summary>") != std::string::npos);
        CHECK(text.ends_with("</details>\n"));
    }
    CHECK(comment.find("**Cut to 60 KiB:** left out are rows (3,000 pass, ") != std::string::npos);
}

TEST_CASE("what is cut is the best of the rows", "[report]") {
    const std::string summary = markdown(tests::sample_thousands());
    const std::string list = summary.substr(summary.find("<summary>Worst checks ("));
    const auto row = [&list](int customer) {
        return list.find("customer=customer number " + std::to_string(10000 + customer));
    };
    CHECK(row(5996) < row(0));  // both regressed, the first by more
    CHECK(row(0) < row(1));     // inconclusive
    CHECK(row(1) < row(2));     // pass
    CHECK(row(2) != std::string::npos);
    CHECK(row(5999) == std::string::npos);
}

TEST_CASE("a report that fits is the same for a comment and for a summary", "[report]") {
    CHECK(markdown(tests::sample_fail()) ==
          report::render_markdown_comment(tests::sample_fail(), {}));
}

TEST_CASE("names and reasons of any length fit, even when no row does", "[report]") {
    auto result = tests::sample_hostile();
    for (auto& row : result.checks) {
        row.rule.unit = std::string(600, '*');
        row.reason = std::string(600, '`');
    }
    while (result.checks.size() < 400) {
        result.checks.push_back(result.checks[result.checks.size() % 30]);
    }
    for (int i = 0; i < 2000; ++i) {
        result.inputs[0].candidate.metadata["key " + std::to_string(i)] = std::string(100, 'v');
    }
    const std::string comment =
        report::render_markdown_comment(tests::finished(std::move(result)), {});
    CHECK(comment.size() <= 60 * 1024);
    CHECK(comment.find("lines of inputs and notes") != std::string::npos);
}
