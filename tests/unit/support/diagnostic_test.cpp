#include "support/diagnostic.h"

#include "support/catch.h"

using namespace metricgate::support;

TEST_CASE("a place is written with what is known of it", "[support]") {
    REQUIRE(describe(in_file("p.yaml", 14, 7)) == "p.yaml:14:7");
    REQUIRE(describe(in_file("p.yaml", 14)) == "p.yaml:14");
    REQUIRE(describe(in_file("p.yaml")) == "p.yaml");
    REQUIRE(describe(Location()) == "");
    REQUIRE(describe(Location{nullptr, 3, 4}) == "3:4");
}

TEST_CASE("a problem is one line with its place", "[support]") {
    REQUIRE(describe(Diagnostic{in_file("a", 1, 2), "is bad"}) == "a:1:2: is bad");
    REQUIRE(describe(Diagnostic{{}, "is bad"}) == "is bad");
    REQUIRE(describe(Diagnostic{in_file("a\n::error"), "x\ny"}) == "a\\x0a::error: x\\x0ay");
}

TEST_CASE("a problem never takes more than 400 bytes", "[support]") {
    const Diagnostic problem{in_file(std::string(1000, 'f'), 4294967295U, 4294967295U),
                             std::string(1000, 'm')};
    REQUIRE(describe(problem).size() == 400);
    REQUIRE(describe(Diagnostic{{}, std::string(5000, '\x01')}).size() <= 400);
}
