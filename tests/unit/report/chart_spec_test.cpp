#include "report/chart_spec.h"

#include <limits>

#include <nlohmann/json.hpp>

#include "support/catch.h"

using namespace metricgate;

TEST_CASE("the rows of a chart are JSON objects with at most six figures a number", "[report]") {
    report::DataRows rows;
    CHECK(rows.json() == "[]");
    CHECK(rows.empty());
    rows.row().set("name", "a \"b\"").set("value", 1.0 / 3.0);
    rows.row().set("none", std::optional<double>()).set("some", std::optional(2.0));
    const auto json = nlohmann::json::parse(rows.json());
    CHECK(json == nlohmann::json::parse(R"([{"name":"a \"b\"","value":0.333333},{"some":2}])"));
}

TEST_CASE("a number that is not finite is null in a chart", "[report]") {
    CHECK(report::chart_number(std::numeric_limits<double>::infinity()) == "null");
    CHECK(report::chart_number(std::numeric_limits<double>::quiet_NaN()) == "null");
    CHECK(report::chart_number(-0.0) == "0");
}

TEST_CASE("a specification takes JSON in the place of its marks, and loses its indentation",
          "[report]") {
    CHECK(report::fill_spec("{\"a\": \"@x\",\n    \"b\": [\"@y\", \"@x\"]}",
                            {{"x", "1"}, {"y", "\"two\""}}) == R"({"a": 1,"b": ["two", 1]})");
}
