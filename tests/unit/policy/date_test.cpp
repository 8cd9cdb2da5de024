// Days, on which waivers end: the calendar of ISO 8601.
#include "support/catch.h"

#include "policy/policy.h"

using namespace metricgate::policy;

TEST_CASE("a day is four, two and two digits, and exists", "[policy]") {
    CHECK(parse_date("2026-12-31") == Date{2026, 12, 31});
    CHECK(parse_date("2028-02-29") == Date{2028, 2, 29});
    for (const char* bad :
         {"", "2026-12-3", "2026-12-311", "2026-1-31", "2026/12/31", "20261231", "2026-12-3a",
          "2026-12- 1", "2026-13-01", "2026-00-01", "2026-01-00", "2026-02-29", "2026-04-31",
          "2100-02-29", "-026-01-01", "2026-12-31 "}) {
        INFO(bad);
        CHECK_FALSE(parse_date(bad));
    }
}

TEST_CASE("days are counted across months and leap years, and written as they are read",
          "[policy]") {
    CHECK(days_between({2026, 12, 31}, {2027, 1, 1}) == 1);
    CHECK(days_between({2027, 1, 1}, {2026, 12, 31}) == -1);
    CHECK(days_between({2028, 2, 28}, {2028, 3, 1}) == 2);
    CHECK(days_between({2026, 2, 28}, {2026, 3, 1}) == 1);
    CHECK(later({2026, 5, 1}, 90) == Date{2026, 7, 30});
    CHECK(later({2026, 1, 1}, -1) == Date{2025, 12, 31});
    CHECK(to_text({2026, 5, 1}) == "2026-05-01");
    CHECK(to_text({7, 5, 11}) == "0007-05-11");
    CHECK(to_text({12026, 5, 11}) == "12026-05-11");
}
