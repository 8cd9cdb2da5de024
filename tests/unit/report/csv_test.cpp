#include "report/formats.h"
#include "support/catch.h"
#include "support/sample_results.h"

// tests/reports/check_csv.py reads "csv" reports with Python's reader.
using namespace metricgate;

namespace {

std::string csv(const verdict::GateResult& result) {
    return report::render_csv(result, {});
}

std::string line(const std::string& text, std::size_t number) {
    std::size_t start = 0;
    for (std::size_t i = 0; i < number; ++i) {
        start = text.find('\n', start) + 1;
    }
    return text.substr(start, text.find('\n', start) - start);
}

}  // namespace

TEST_CASE("a row of the table has its numbers in full precision", "[report]") {
    auto result = tests::sample_fail();
    result.checks[1].comparison->delta = -0.1 - 0.2;
    CHECK(line(csv(result), 3) ==
          R"(check,"accuracy","","accuracy","",higher,block,regressed,true,0.912,0.871,)"
          R"(-0.30000000000000004,-0.059,-0.023,0.95,0.03,,,0.2,0.0004,1200,"examples","tango",)"
          R"(0.027,,,,,"the loss is real and reaches the margin")");
}

TEST_CASE("the first row is the run", "[report]") {
    CHECK(line(csv({}), 1) ==
          "run,,,,,,,could_not_judge,true,,,,,,,,,,,,,,,,,,,,\"No check was judged.\"");
}

TEST_CASE("a waived row keeps what it would be and the waiver", "[report]") {
    const std::string text = csv(tests::sample_mixed());
    CHECK(line(text, 2).find(R"(,block,waived,false,)") != std::string::npos);
    CHECK(line(text, 2).find(R"(,regressed,"2026-12-31","'@team","'=relabelled rows",)") !=
          std::string::npos);
}

TEST_CASE("a text that a spreadsheet would compute is led by an apostrophe", "[report]") {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"=1+1", "\"'=1+1\""},
        {"+1", "\"'+1\""},
        {"-1", "\"'-1\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""},
        {"\t=1", "\"\\x09=1\""},
        {"\r=1", "\"\\x0d=1\""},
        {"a;=1", "\"a;'=1\""},
        {"a\",=1", "\"a\"\",=1\""},
        {"\xef\xbc\x9d"
         "1",
         "\"'\xef\xbc\x9d"
         "1\""},
        {"'=1", "\"''=1\""},  // or it would be read back as the first one
        {"a;'=1", "\"a;''=1\""},
        {"'quoted'", "\"'quoted'\""},
        {"plain - text", "\"plain - text\""}};
    for (const auto& [id, cell] : cases) {
        auto result = tests::sample_of(verdict::Status::regressed);
        result.checks[0].rule.id = id;
        CHECK(line(csv(result), 2).starts_with("check," + cell + ","));
    }
}
