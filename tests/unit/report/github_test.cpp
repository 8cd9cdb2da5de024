#include <algorithm>

#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

// tests/reports/check_github.py reads "github" annotations by the documented grammar.
using namespace metricgate;

namespace {

std::string github(const verdict::GateResult& result) {
    return report::render_github(result, {});
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("a row is an annotation at the line of its check", "[report]") {
    CHECK(github(tests::sample_of(verdict::Status::incomparable)) ==
          "::error title=metricgate%3A FAIL::1 of 1 check evaluated or explained: 1 "
          "incomparable.\n"
          "::error file=.metricgate.yaml,line=12,col=5,title=accuracy%3A incomparable::it is so\n");
}

TEST_CASE("ten errors are shown, and of more the worst nine and a count", "[report]") {
    auto result = tests::sample_slices();
    result.checks.erase(result.checks.begin() + 9, result.checks.end());
    CHECK(count_of(github(result), "::error ") == 10);
    CHECK(github(result).find("more stand") == std::string::npos);

    const std::string text = github(tests::sample_slices());
    CHECK(count_of(text, "::error ") == 10);
    CHECK(text.find("[shop=1199]") < text.find("[shop=1192]"));
    CHECK(text.find("[shop=1191]") == std::string::npos);
    CHECK(text.ends_with(
        "::error title=metricgate::192 more stand in the other reports of this run\n"));
}

TEST_CASE("a pass is one notice, and nothing judged is an error", "[report]") {
    CHECK(github(tests::sample_pass()).starts_with("::notice title=metricgate%3A PASS::4 of 4"));
    CHECK(count_of(github(tests::sample_pass()), "::") == 2);
    CHECK(github({}) == "::error title=metricgate%3A COULD NOT JUDGE::No check was judged.\n");
}

TEST_CASE("text cannot end a property or start a command", "[report]") {
    auto result = tests::sample_of(verdict::Status::regressed);
    result.checks[0].rule.id = "a,file=b::c\n::warning::d%0A";
    result.checks[0].reason = "x\r\n::set-output name=verdict::pass %0A";
    const std::string text = github(result);
    CHECK(std::count(text.begin(), text.end(), '\n') == 2);
    CHECK(text.find("title=a%2Cfile=b%3A%3Cc") == std::string::npos);
    CHECK(text.find("title=a%2Cfile=b%3A%3Ac\\x0a%3A%3Awarning%3A%3Ad%250A~") != std::string::npos);
    CHECK(text.find("::x\\x0d\\x0a::set-output name=verdict::pass %250A\n") != std::string::npos);
}

TEST_CASE("a policy's file commands no runner either", "[report]") {
    auto result = tests::sample_of(verdict::Status::regressed);
    result.checks[0].rule.where = support::in_file("##[error]x.yaml", 3, 5);
    CHECK(github(result).find("##[") == std::string::npos);
}
