#include "support/utc_time.h"

#include "support/catch.h"

using metricgate::support::format_time;
using metricgate::support::parse_time;

TEST_CASE("Times of RFC 3339 are seconds since 1970, and written in UTC") {
    // Seconds by `date -u -d TIME +%s` of GNU coreutils.
    CHECK(parse_time("1970-01-01T00:00:00Z") == 0);
    CHECK(parse_time("2026-11-25T10:00:00Z") == 1795600800);
    CHECK(parse_time("2026-11-25 10:00:00z") == 1795600800);
    CHECK(parse_time("2026-11-25T10:00:00.987Z") == 1795600800);
    CHECK(parse_time("2026-11-25T11:30:00+01:30") == 1795600800);
    CHECK(parse_time("2026-11-25T05:00:00-05:00") == 1795600800);
    CHECK(parse_time("2024-02-29") == 1709164800);
    CHECK(parse_time("1969-12-31T23:59:59Z") == -1);
    CHECK(format_time(1795600800) == "2026-11-25T10:00:00Z");
    CHECK(format_time(-1) == "1969-12-31T23:59:59Z");
    CHECK(format_time(metricgate::support::first_time) == "0001-01-01T00:00:00Z");
    CHECK(format_time(metricgate::support::last_time) == "9999-12-31T23:59:59Z");
    CHECK(format_time(metricgate::support::last_time + 1) == "253402300800");
}

TEST_CASE("What is no time is none") {
    for (const char* text :
         {"", "now", "2026", "2026-11", "2026-13-01", "2026-02-30", "2026-11-25T10:00Z",
          "2026-11-25T10:00:00", "2026-11-25T24:00:00Z", "2026-11-25T10:00:00Zz",
          "2026-11-25T10:00:00.Z", "2026-11-25T10:00:00+1:00", "2026-11-25T10:00:00+24:00",
          " 2026-11-25", "2026-11-25 ", "0000-01-01", "1795600800"}) {
        INFO(text);
        CHECK_FALSE(parse_time(text).has_value());
    }
}
