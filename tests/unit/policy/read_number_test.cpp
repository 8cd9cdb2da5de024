#include <limits>

#include "policy/settings_reader.h"
#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy::test;

namespace {

std::string refused_abs(const std::string& found, const std::string& hint) {
    return "p.yaml:3:45: checks.a.margin.abs: found " + found +
           ", wanted a number of at least 0; " + hint;
}

}  // namespace

TEST_CASE("what is no plain decimal number is refused with the way to write it", "[policy]") {
    const std::vector<std::vector<std::string>> rows = {
        {"'0.05'", "the text '0.05'", "quoted number '0.05': write it without quotes"},
        {"010", "the text '010'", "write it without leading zeros"},
        {"0x10", "the text '0x10'", "write it as a decimal number"},
        {"1_000", "the text '1_000'", "write the digits without _"},
        {"1:30", "the text '1:30'", "write it as one decimal number"},
        {"'0,05'", "the text '0,05'",
         "write it with a decimal point and without thousands separators"},
        {"5 ms", "the text '5 ms'", "write the number alone, without a unit"},
        {"5%", "the text '5%'", "% is understood only under rel"},
        {"+1", "the text '+1'", "write it without +"},
        {".5", "the text '.5'", "write it like 0.05 or 5e-2"},
        {".nan", "the number .nan", "only finite numbers can be compared"},
        {".inf", "the number .inf", "only finite numbers can be compared"},
        {"1e309", "the number 1e309", "it is too large, too small or too long to be held exactly"},
        {"1e-400", "the number 1e-400",
         "it is too large, too small or too long to be held exactly"},
        {"9007199254740993", "the number 9007199254740993",
         "it is too large, too small or too long to be held exactly"},
        {"-0.01", "the number -0.01",
         "a margin is the loss that is tolerated, written without a sign"},
    };
    for (const auto& row : rows) {
        CHECK(problems_of(check_with("margin: {abs: " + row[0] + "}")) ==
              Lines{refused_abs(row[1], row[2])});
    }
}

TEST_CASE("other types are never read as numbers", "[policy]") {
    for (const char* value : {"true", "no", "yes", "[0.01]", "{value: 0.01}", "''", "high"}) {
        INFO(value);
        const auto problems = problems_of(check_with(std::string("margin: {abs: ") + value + "}"));
        REQUIRE(problems.size() == 1);
        CHECK_THAT(problems[0], Catch::Matchers::EndsWith(", wanted a number of at least 0"));
    }
    CHECK(
        problems_of(check_with("margin: {abs: ~}")) ==
        Lines{"p.yaml:3:40: checks.a.margin.abs: found no value; give it one, or remove the key"});
}

TEST_CASE("numbers that are plain are read exactly", "[policy]") {
    const auto absolute = [](const std::string& text) {
        const auto policy = parse_text(check_with("margin: {abs: " + text + "}"));
        return policy.ok() ? policy->checks.at(0).margin->absolute->value : -1.0;
    };
    CHECK(absolute("0") == 0.0);
    CHECK(absolute("0.01") == 0.01);
    CHECK(absolute("1e-3") == 0.001);
    CHECK(absolute("9007199254740992") == 9007199254740992.0);
}

TEST_CASE("a share is written in percent or as a fraction below one", "[policy]") {
    const auto relative = [](const std::string& text) {
        const auto policy = parse_text(check_with("margin: {rel: " + text + "}"));
        return policy.ok() ? policy->checks.at(0).margin->relative->value : -1.0;
    };
    CHECK(relative("5%") == 0.05);
    CHECK(relative("0.1%") == 0.001);  // 0.1 / 100 is another double
    CHECK(relative("12.5%") == 0.125);
    CHECK(relative("150%") == 1.5);
    CHECK(relative("0%") == 0.0);
    CHECK(relative("0.05") == 0.05);
    CHECK(problems_of(check_with("margin: {rel: 1}")) ==
          Lines{"p.yaml:3:45: checks.a.margin.rel: found the number 1, wanted a share of the "
                "baseline like 5% or 0.05; a plain number is a share, at least 0 and below 1; "
                "write percents with %"});
    for (const char* bad :
         {"5", "-5%", "5 %", "%", "nan%", "010%", "5%%", "1e1%", "-0.05", "'0.05'", "five%"}) {
        INFO(bad);
        CHECK(problems_of(check_with(std::string("margin: {rel: ") + bad + "}")).size() == 1);
    }
}

TEST_CASE("counts are integers from zero on", "[policy]") {
    CHECK(problems_of(check_with("min: 0.5, min_examples: 0")).empty());
    CHECK(problems_of(check_with("min: 0.5, min_examples: 1e3")).empty());
    CHECK(problems_of(check_with("min: 0.5, min_examples: 2.5")) ==
          Lines{"p.yaml:3:55: checks.a.min_examples: found the number 2.5, wanted an integer from "
                "0 to 9007199254740992"});
    CHECK(problems_of(check_with("min: 0.5, min_examples: -1")).size() == 1);
    CHECK(problems_of(check_with("min: 0.5, min_examples: '10'")).size() == 1);
}

TEST_CASE("signs, other bases and units are told apart", "[policy]") {
    const std::vector<std::vector<std::string>> rows = {
        {"-5 ms", "the text '-5 ms'", "write the number alone, without a unit"},
        {"0b11", "the text '0b11'", "write it as a decimal number"},
        {"0o17", "the text '0o17'", "write it as a decimal number"},
        {"0.5ms", "the text '0.5ms'", "write the number alone, without a unit"},
        {".", "the text '.'", "write it like 0.05 or 5e-2"},
        {"5.", "the text '5.'", "write it like 0.05 or 5e-2"},
    };
    for (const auto& row : rows) {
        CHECK(problems_of(check_with("margin: {abs: " + row[0] + "}")) ==
              Lines{refused_abs(row[1], row[2])});
    }
    CHECK(problems_of(check_with("margin: {abs: '-'}")).size() == 1);
}

TEST_CASE("a number that claims to be finite and is not is refused", "[policy]") {
    metricgate::support::Node node;
    node.kind = metricgate::support::Node::Kind::number;
    node.number = {metricgate::support::NumberKind::finite,
                   std::numeric_limits<double>::infinity()};
    metricgate::support::Diagnostics problems;
    CHECK_FALSE(metricgate::policy::read_number(node, "a", {}, problems));
    CHECK(problems.size() == 1);
}
