#include "support/number.h"

#include <cmath>
#include <limits>
#include <vector>

#include "support/catch.h"

using namespace metricgate::support;

namespace {

NumberKind kind(std::string_view text) {
    return parse_number(text).kind;
}

}  // namespace

TEST_CASE("decimal numbers are read as the nearest double", "[support]") {
    REQUIRE(parse_number("0.05").value == 0.05);
    REQUIRE(parse_number("-12.5e-3").value == -0.0125);
    REQUIRE(parse_number("1E+2").value == 100.0);
    REQUIRE(parse_number("10").value == 10.0);
    REQUIRE(parse_number("0.1000000000000000055511151231257827").value == 0.1);
    REQUIRE(parse_number("5e-324").value == std::numeric_limits<double>::denorm_min());
    REQUIRE(parse_number("1.7976931348623157e308").value == std::numeric_limits<double>::max());
}

TEST_CASE("zero in any form is the positive zero", "[support]") {
    for (const char* text : {"0", "-0", "0.0", "-0.00", "0e5", "0e-999999999999", "-0E999"}) {
        CAPTURE(text);
        REQUIRE(kind(text) == NumberKind::finite);
        REQUIRE(parse_number(text).value == 0.0);
        REQUIRE_FALSE(std::signbit(parse_number(text).value));
    }
}

TEST_CASE("what is not exactly a number is malformed", "[support]") {
    for (const char* text : {"",
                             " ",
                             " 1",
                             "1 ",
                             "+1",
                             "010",
                             "-010",
                             "00",
                             "0x10",
                             "1_000",
                             "1,5",
                             "0,05",
                             "5%",
                             "5 ms",
                             "1:30",
                             ".5",
                             "5.",
                             "-",
                             "-.5",
                             "1e",
                             "1e+",
                             "e5",
                             "1.e5",
                             "--1",
                             "1e5.",
                             "1.2.3",
                             "nanx",
                             "infinit",
                             "--inf",
                             "NULL",
                             "true",
                             "\n1",
                             "1\n",
                             "0x1p3",
                             "1f",
                             "1e1e1",
                             "+-inf",
                             ".nan",
                             ".inf",
                             "\xc2\xa0"
                             "1"}) {
        CAPTURE(text);
        REQUIRE(kind(text) == NumberKind::malformed);
    }
    REQUIRE(kind(std::string_view("1\0", 2)) == NumberKind::malformed);
}

TEST_CASE("non-finite tokens are recognised and kept apart", "[support]") {
    for (const char* text : {"nan", "NaN", "NAN", "-nan", "-NaN", "+nan"}) {
        REQUIRE(kind(text) == NumberKind::not_a_number);
    }
    for (const char* text : {"inf", "Inf", "INF", "Infinity", "infinity", "+Inf"}) {
        REQUIRE(kind(text) == NumberKind::positive_infinity);
    }
    for (const char* text : {"-inf", "-Infinity", "-INF"}) {
        REQUIRE(kind(text) == NumberKind::negative_infinity);
    }
}

TEST_CASE("overflow and underflow are out of range, never infinity or zero", "[support]") {
    for (const char* text : {"1e309", "-1e309", "1e400", "1e-400", "-1e-400", "2e-324", "0.1e-323",
                             "1e99999999999999999999", "1e-99999999999999999999"}) {
        CAPTURE(text);
        REQUIRE(kind(text) == NumberKind::out_of_range);
    }
    REQUIRE(kind(std::string(400, '9')) == NumberKind::out_of_range);
    REQUIRE(kind("0." + std::string(400, '0') + "1") == NumberKind::out_of_range);
}

TEST_CASE("integers above 2^53 are out of range unless written as decimals", "[support]") {
    REQUIRE(parse_number("9007199254740991").value == 9007199254740991.0);
    REQUIRE(parse_number("9007199254740992").value == 9007199254740992.0);
    REQUIRE(parse_number("-9007199254740992").value == -9007199254740992.0);
    REQUIRE(kind("9007199254740993") == NumberKind::out_of_range);
    REQUIRE(kind("-9007199254740993") == NumberKind::out_of_range);
    REQUIRE(kind("18446744073709551616") == NumberKind::out_of_range);
    REQUIRE(kind("9007199254740994") == NumberKind::out_of_range);
    REQUIRE(parse_number("1e300").kind == NumberKind::finite);
}

TEST_CASE("exact text reads back as the same double", "[support]") {
    const std::vector<double> values = {0.1,
                                        1.0 / 3.0,
                                        -2.5,
                                        1e-5,
                                        1.5e-7,
                                        123456789.125,
                                        9007199254740992.0,
                                        9007199254740994.0,
                                        -9007199254740996.0,
                                        1e15,
                                        1e16,
                                        1.7976931348623157e308,
                                        2.2250738585072014e-308,
                                        5e-324,
                                        0.9400000000000001};
    for (const double value : values) {
        CAPTURE(value, format_exact(value));
        REQUIRE(parse_number(format_exact(value)).kind == NumberKind::finite);
        REQUIRE(parse_number(format_exact(value)).value == value);
    }
}

TEST_CASE("exact text is the shortest plain one", "[support]") {
    REQUIRE(format_exact(1.0) == "1");
    REQUIRE(format_exact(-0.0) == "0");
    REQUIRE(format_exact(0.05) == "0.05");
    REQUIRE(format_exact(0.00001) == "0.00001");
    REQUIRE(format_exact(1.5e-7) == "1.5e-7");
    REQUIRE(format_exact(1e22) == "1e22");
    REQUIRE(format_exact(100000.0) == "100000");
    REQUIRE(format_exact(-9007199254740994.0) == "-9.007199254740994e15");
}

TEST_CASE("short text has the asked number of significant digits", "[support]") {
    REQUIRE(format_short(0.0) == "0");
    REQUIRE(format_short(-0.0) == "0");
    REQUIRE(format_short(0.91) == "0.91");
    REQUIRE(format_short(0.123456) == "0.1235");
    REQUIRE(format_short(-0.00012344) == "-0.0001234");
    REQUIRE(format_short(0.00009999) == "9.999e-5");
    REQUIRE(format_short(0.000099999) == "0.0001");
    REQUIRE(format_short(123456.0) == "123500");
    REQUIRE(format_short(123456.0, 6) == "123456");
    REQUIRE(format_short(999999999.0) == "1e9");
    REQUIRE(format_short(1234567890.0) == "1.235e9");
    REQUIRE(format_short(9.9999) == "10");
    REQUIRE(format_short(100.0) == "100");
}

TEST_CASE("fixed text has the asked decimals and no negative zero", "[support]") {
    REQUIRE(format_fixed(1.005, 1) == "1.0");
    REQUIRE(format_fixed(-0.001, 2) == "0.00");
    REQUIRE(format_fixed(-0.0, 0) == "0");
    REQUIRE(format_fixed(-0.06, 1) == "-0.1");
    REQUIRE(format_fixed(12.5, 2) == "12.50");
}

TEST_CASE("text of a non-finite number is no number", "[support]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    for (const std::string& text : {format_exact(nan), format_short(nan), format_fixed(nan, 2),
                                    format_exact(-infinity), format_short(infinity)}) {
        CAPTURE(text);
        REQUIRE(kind(text) != NumberKind::finite);
    }
}
