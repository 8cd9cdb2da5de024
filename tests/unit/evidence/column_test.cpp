#include "evidence/column.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/catch.h"

using namespace metricgate::evidence;

namespace {

CategoryColumn column_of(const std::vector<std::string>& names,
                         const std::vector<std::uint32_t>& codes) {
    CategoryColumn column;
    column.names = names;
    for (const std::uint32_t code : codes) {
        column.codes.push_back(code);
    }
    return column;
}

std::vector<std::string> rows(const CategoryColumn& column) {
    std::vector<std::string> text;
    for (std::size_t i = 0; i < column.codes.size(); ++i) {
        text.push_back(column.names[column.codes[i]]);
    }
    return text;
}

}  // namespace

TEST_CASE("a missing value is a NaN unlike any that is computed", "[evidence]") {
    REQUIRE(std::isnan(missing_value()));
    REQUIRE(is_missing(missing_value()));
    const std::vector<double> copied(3, missing_value());
    REQUIRE(is_missing(copied[2]));
    REQUIRE_FALSE(is_missing(std::numeric_limits<double>::quiet_NaN()));
    REQUIRE_FALSE(is_missing(-std::numeric_limits<double>::quiet_NaN()));
    REQUIRE_FALSE(is_missing(0.0));
    REQUIRE_FALSE(is_missing(std::numeric_limits<double>::infinity()));
}

TEST_CASE("numbers written differently are one class", "[evidence]") {
    for (const char* text : {"1", "1.0", "1e0", "1.000", "0.1e1"}) {
        REQUIRE(canonical_label(text) == "1");
    }
    REQUIRE(canonical_label("-0") == "0");
    REQUIRE(canonical_label("0.10") == "0.1");
}

TEST_CASE("labels that are no finite number stay as they are", "[evidence]") {
    for (const char* text :
         {"", "cat", "010", "+1", " 1", "nan", "inf", "1e999", "True", "9007199254740993"}) {
        REQUIRE(canonical_label(text) == text);
    }
}

TEST_CASE("names sort numbers by value, then text by bytes", "[evidence]") {
    CategoryColumn column =
        column_of({"b", "10", "9", "-1", "B", "", "1e1", "nan"}, {0, 1, 2, 3, 4});
    sort_names(column);
    REQUIRE(column.names == std::vector<std::string>{"-1", "9", "10", "1e1", "", "B", "b", "nan"});
    REQUIRE(rows(column) == std::vector<std::string>{"b", "10", "9", "-1", "B"});
}

TEST_CASE("sorted names do not depend on the order of rows", "[evidence]") {
    CategoryColumn first = column_of({"x", "2", "y"}, {0, 1, 2, 0});
    CategoryColumn second = column_of({"y", "x", "2"}, {1, 2, 0, 1});
    sort_names(first);
    sort_names(second);
    REQUIRE(first.names == second.names);
    REQUIRE(rows(first) == rows(second));
}

TEST_CASE("equal names become one", "[evidence]") {
    CategoryColumn column = column_of({"a", "b", "a"}, {0, 1, 2});
    sort_names(column);
    REQUIRE(column.names == std::vector<std::string>{"a", "b"});
    REQUIRE(rows(column) == std::vector<std::string>{"a", "b", "a"});
}

TEST_CASE("a column without rows can be sorted", "[evidence]") {
    CategoryColumn column;
    sort_names(column);
    REQUIRE(column.names.empty());
}
