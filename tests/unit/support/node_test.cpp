#include "support/node.h"

#include "support/catch.h"

using namespace metricgate::support;

namespace {

std::string found(std::string_view text) {
    const auto node = parse_json(text, "f");
    REQUIRE(node.ok());
    return describe_found(*node);
}

}  // namespace

TEST_CASE("messages name what was found", "[support]") {
    REQUIRE(found("null") == "nothing (null)");
    REQUIRE(found("true") == "the boolean true");
    REQUIRE(found("5") == "the number 5");
    REQUIRE(found("NaN") == "the number NaN");
    REQUIRE(found("\"abc\"") == "the text 'abc'");
    REQUIRE(found("\"a\\u001b\"") == "the text 'a\\x1b'");
    REQUIRE(found("[1]") == "a list");
    REQUIRE(found("[]") == "an empty list");
    REQUIRE(found("{\"a\":1}") == "a map");
    REQUIRE(found("{}") == "an empty map");
    REQUIRE(found("\"" + std::string(1000, 'x') + "\"").size() < 100);
}

TEST_CASE("only a map has members to find", "[support]") {
    REQUIRE(Node().find("a") == nullptr);
}
