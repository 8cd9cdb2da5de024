#include "policy/waiver_changes.h"

#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

namespace {

Policy with(const std::string& waivers) {
    const auto policy = parse_text(
        "version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5, slices: {by: [lang]}}]\n" +
        (waivers.empty() ? "" : "waivers: [" + waivers + "]\n"));
    REQUIRE(policy.ok());
    return *policy;
}

const std::string plain = "{check: a, reason: r, owner: o, expires: 2026-05-01}";
const std::string later_end = "{check: a, reason: r, owner: o, expires: 2026-06-01}";

std::string up_to(const std::string& bound) {
    return "{check: a, reason: r, owner: o, expires: 2026-05-01, up_to: " + bound + "}";
}

std::size_t loosened(const std::string& before, const std::string& after) {
    return loosened_waivers(with(before), with(after)).size();
}

}  // namespace

TEST_CASE("a waiver that the change adds or prolongs is told", "[policy]") {
    CHECK(loosened_waivers(with(""), with(plain)) ==
          std::vector<std::string>{
              "This change adds a waiver of a; that does not count before it is merged."});
    CHECK(loosened_waivers(with(plain), with(later_end)) ==
          std::vector<std::string>{"This change prolongs the waiver of a from 2026-05-01 to "
                                   "2026-06-01; that does not count before it is merged."});
    CHECK(loosened(later_end, plain) == 0);
    CHECK(loosened(plain, "") == 0);
    CHECK(loosened(plain, plain) == 0);
}

TEST_CASE("a waiver of another slice is another waiver", "[policy]") {
    CHECK(loosened("{check: a, slice: {lang: tr}, reason: r, owner: o, expires: 2026-05-01}",
                   plain) == 1);
}

TEST_CASE("a larger loss, an unbounded one and one in other units are looser", "[policy]") {
    CHECK(loosened(up_to("{abs: 0.1}"), up_to("{abs: 0.2}")) == 1);
    CHECK(loosened(up_to("{rel: 1%}"), up_to("{rel: 2%}")) == 1);
    CHECK(loosened(up_to("{abs: 0.1}"), up_to("{rel: 1%}")) == 1);
    CHECK(loosened(up_to("{abs: 0.1}"), plain) == 1);
    CHECK(loosened(up_to("{abs: 0.2}"), up_to("{abs: 0.1}")) == 0);
    CHECK(loosened(plain, up_to("{abs: 9}")) == 0);
}

TEST_CASE("days are counted over leap years and turns of the year", "[policy]") {
    CHECK(days_between({2026, 12, 31}, {2027, 1, 1}) == 1);
    CHECK(days_between({2024, 2, 28}, {2024, 3, 1}) == 2);
    CHECK(days_between({2026, 3, 1}, {2026, 2, 28}) == -1);
    CHECK(later({2026, 11, 25}, 90) == Date{2027, 2, 23});
    CHECK(to_text({2026, 3, 1}) == "2026-03-01");
}

TEST_CASE("waivers of slices are known by their columns and values", "[policy]") {
    const auto of = [](const std::string& slice, const std::string& more = "") {
        return "{check: a, slice: {" + slice + "}, reason: r, owner: o, expires: 2026-05-01" +
               more + "}";
    };
    const auto sliced = [](const std::string& waivers) {
        const auto policy = parse_text(
            "version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5, slices: {by: [lang, os]}}]\n"
            "waivers: [" +
            waivers + "]\n");
        REQUIRE(policy.ok());
        return *policy;
    };
    const Policy before = sliced(of("lang: tr"));
    CHECK(loosened_waivers(before, sliced(of("lang: tr"))).empty());
    CHECK(loosened_waivers(before, sliced(of("lang: de"))) ==
          std::vector<std::string>{"This change adds a waiver of a [lang=de]; that does not count "
                                   "before it is merged."});
    CHECK(loosened_waivers(before, sliced(of("os: tr"))).size() == 1);
    CHECK(loosened_waivers(before, sliced(of("lang: tr, os: x"))) ==
          std::vector<std::string>{"This change adds a waiver of a [lang=tr, os=x]; that does not "
                                   "count before it is merged."});
    CHECK(
        loosened_waivers(sliced(of("lang: tr", ", up_to: {rel: 1%}")),
                         sliced(of("lang: tr", ", up_to: {abs: 0.1}"))) ==
        std::vector<std::string>{"This change lets the waiver of a [lang=tr] cover a larger loss; "
                                 "that does not count before it is merged."});
}
