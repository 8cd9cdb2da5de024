#include "support/text.h"

#include <vector>

#include "support/catch.h"

using namespace metricgate::support;

TEST_CASE("shell patterns match whole names", "[support]") {
    REQUIRE(matches_glob("", ""));
    REQUIRE(matches_glob("*", ""));
    REQUIRE(matches_glob("***", "abc"));
    REQUIRE(matches_glob("recall-*", "recall-by-language"));
    REQUIRE(matches_glob("*-by-*", "recall-by-language"));
    REQUIRE(matches_glob("a?c", "abc"));
    REQUIRE(matches_glob("*a*b*c", "aXbXabc"));
    REQUIRE_FALSE(matches_glob("a", ""));
    REQUIRE_FALSE(matches_glob("", "a"));
    REQUIRE_FALSE(matches_glob("a?", "a"));
    REQUIRE_FALSE(matches_glob("auc", "auc2"));
    REQUIRE_FALSE(matches_glob("*b", "abc"));
    REQUIRE_FALSE(matches_glob("[ab]", "a"));
    REQUIRE(matches_glob("[ab]", "[ab]"));
}

TEST_CASE("a question mark is one character, not one byte", "[support]") {
    REQUIRE(matches_glob("a?c",
                         "a\xc3\xa9"
                         "c"));
    REQUIRE_FALSE(matches_glob("??", "\xc3\xa9"));
    REQUIRE_FALSE(matches_glob("*??", "\xc3\xa9"));
    REQUIRE(matches_glob("?", "\xff"));
}

TEST_CASE("patterns with many stars end soon on long names", "[support]") {
    REQUIRE_FALSE(matches_glob("*a*a*a*a*a*a*a*b", std::string(3000, 'a')));
}

TEST_CASE("names are listed in a sentence", "[support]") {
    REQUIRE(enumerate({}) == "");
    REQUIRE(enumerate(std::vector<std::string>{"a"}) == "a");
    REQUIRE(enumerate(std::vector<std::string>{"a", "b"}, "or") == "a or b");
    REQUIRE(enumerate(std::vector<std::string>{"a", "b", "c"}) == "a, b and c");
}

TEST_CASE("counts agree with their noun and group thousands", "[support]") {
    REQUIRE(count_of(0, "example", "examples") == "0 examples");
    REQUIRE(count_of(1, "example", "examples") == "1 example");
    REQUIRE(count_of(999, "example", "examples") == "999 examples");
    REQUIRE(count_of(1200, "example", "examples") == "1,200 examples");
    REQUIRE(count_of(123456, "row", "rows") == "123,456 rows");
    REQUIRE(count_of(1234567890, "row", "rows") == "1,234,567,890 rows");
}
