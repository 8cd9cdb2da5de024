#include "report/digits.h"

#include <limits>

#include "support/catch.h"

using metricgate::report::Digits;

TEST_CASE("an interval is printed to two figures of its half width", "[report]") {
    const Digits digits(0.018, false, {});
    CHECK(digits.print(-0.041) == "-0.041");
    CHECK(digits.print(0.9) == "0.900");
    CHECK(Digits(7.0, false, {}).print(-24.26) == "-24.3");
    CHECK(Digits(700.0, false, {}).print(12345.6) == "12346");
}

TEST_CASE("a bound that would round to the margin gets more digits", "[report]") {
    const Digits digits(0.018, false, {{-0.03001, -0.03}});
    CHECK(digits.print(-0.03001) == "-0.03001");
    CHECK(digits.print(-0.03) == "-0.03000");
}

TEST_CASE("a bound that would round to zero keeps its sign", "[report]") {
    CHECK(Digits(0.018, false, {{-0.00004, 0.0}}).print(-0.00004) == "-0.00004");
    CHECK(Digits(0.018, false, {{-0.00006, 0.0}}).print(-0.00006) == "-0.0001");
}

TEST_CASE("numbers a few ulp apart count as equal and need no more digits", "[report]") {
    CHECK(Digits(0.01, true, {{0.93 - 0.94, -0.01}}).print(0.93 - 0.94) == "-0.01");
}

TEST_CASE("tiny and huge numbers are printed with exponents", "[report]") {
    CHECK(Digits(1e-11, true, {}).print(3.25e-10) == "3.25e-10");
    CHECK(Digits(1e9, true, {}).print(2.5e12) == "2.5e12");
    CHECK(Digits(1e-11, true, {}).print(0.0) == "0");
}

TEST_CASE("a spread of zero and a number that is not finite are survived", "[report]") {
    CHECK(Digits(0.0, true, {}).print(0.5) == "0.5");
    CHECK(Digits(0.1, true, {}).print(std::numeric_limits<double>::quiet_NaN()) == "not a number");
}
