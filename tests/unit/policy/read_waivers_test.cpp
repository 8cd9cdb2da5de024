#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy;
using namespace metricgate::policy::test;

namespace {

std::string waived(const std::string& waiver) {
    return "version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5, slices: {by: [lang]}}]\n"
           "waivers:\n  - {" +
           waiver + "}\n";
}

}  // namespace

TEST_CASE("a waiver is read with all it says", "[policy]") {
    const auto policy =
        parse_text(waived("check: a, slice: {lang: tr}, reason: relabelled, owner: '@team', "
                          "expires: 2026-12-31, up_to: {abs: 0.05}"));
    REQUIRE(policy.ok());
    const Waiver& waiver = policy->waivers.at(0);
    CHECK(waiver.check.value == "a");
    CHECK(waiver.slice.at("lang").value == "tr");
    CHECK(waiver.reason.value == "relabelled");
    CHECK(waiver.owner.value == "@team");
    CHECK(waiver.expires.value == Date{2026, 12, 31});
    CHECK(waiver.up_to->absolute->value == 0.05);
    CHECK(waiver.where.line == 4);
}

TEST_CASE("a waiver without check, reason, owner or end is refused", "[policy]") {
    CHECK(problems_of(waived("check: a")) ==
          Lines{"p.yaml:4:5: waivers[1].reason: found nothing, but it is required; say why the "
                "loss is accepted",
                "p.yaml:4:5: waivers[1].owner: found nothing, but it is required; say who answers "
                "for it",
                "p.yaml:4:5: waivers[1].expires: found nothing, but it is required; name the last "
                "day, like 2026-12-31"});
    CHECK(problems_of(waived("reason: r, owner: o, expires: 2026-12-31")).size() == 1);
    CHECK(problems_of(waived("check: a, reason: '', owner: o, expires: 2026-12-31")).size() == 1);
}

TEST_CASE("a waiver must name a check and slices that exist", "[policy]") {
    const std::string rest = ", reason: r, owner: o, expires: 2026-12-31";
    CHECK(problems_of(waived("check: b" + rest)) ==
          Lines{"p.yaml:4:13: waivers[1].check: no check has the id 'b'"});
    CHECK(problems_of(waived("check: a, slice: {lan: tr}" + rest)) ==
          Lines{"p.yaml:4:29: waivers[1].slice: check 'a' has no slices by 'lan' (did you mean "
                "'lang'?)"});
    CHECK(problems_of(waived("check: a, slice: {}" + rest)).size() == 1);
    CHECK(problems_of(waived("check: a" + rest + "}\n  - {check: a" + rest)) ==
          Lines{"p.yaml:5:13: waivers[2]: the check and slice are waived twice; keep one of the "
                "waivers"});
    CHECK(problems_of(waived("check: a, slice: {lang: de}" + rest +
                             "}\n  - {check: a, slice: {lang: tr}" + rest))
              .empty());
}

TEST_CASE("a waiver ends on a day that exists", "[policy]") {
    CHECK(parse_date("2024-02-29") == Date{2024, 2, 29});
    CHECK(parse_date("2026-01-01") < parse_date("2026-01-02"));
    for (const char* bad :
         {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-1", "26-04-01",
          "2026-04-01 ", "2026/04/01", "never", "", "20260401", "2026-04-01T00:00:00Z"}) {
        INFO(bad);
        CHECK_FALSE(parse_date(bad).has_value());
        CHECK(problems_of(
                  waived(std::string("check: a, reason: r, owner: o, expires: '") + bad + "'"))
                  .size() == 1);
    }
    CHECK(problems_of(waived("check: a, reason: r, owner: o, expires: 2026")).size() == 1);
}

TEST_CASE("a waiver covers a loss up to one bound", "[policy]") {
    const auto with = [](const std::string& up_to) {
        return problems_of(
            waived("check: a, reason: r, owner: o, expires: 2026-12-31, up_to: " + up_to));
    };
    CHECK(with("{rel: 5%}").empty());
    CHECK(with("{abs: 1, rel: 5%}").size() == 1);
    CHECK(with("{}").size() == 1);
    CHECK(with("{abs: -1}").size() == 1);
    CHECK(with("0.05") ==
          Lines{"p.yaml:4:65: waivers[1].up_to: found the number 0.05, wanted a map; write up_to: "
                "{abs: 0.01} in the metric's units, or {rel: 5%} of the baseline"});
}

TEST_CASE("an empty list of waivers is refused", "[policy]") {
    CHECK(problems_of("version: 1\nchecks: [{id: a, metric: x, min: 1}]\nwaivers: []\n").size() ==
          1);
}

TEST_CASE("a waiver is a map, and its slice a map of words", "[policy]") {
    const std::string rest = ", reason: r, owner: o, expires: 2026-12-31";
    CHECK(problems_of(waived("check: a, slice: tr" + rest)).size() == 1);
    CHECK(problems_of(waived("check: a, slice: {}" + rest)).size() == 1);
    CHECK(problems_of(waived("check: a, slice: {lang: [tr]}" + rest)).size() == 1);
    CHECK(problems_of("version: 1\nchecks: [{id: a, metric: accuracy, min: 0.5}]\nwaivers: [a]\n")
              .size() == 1);
}
