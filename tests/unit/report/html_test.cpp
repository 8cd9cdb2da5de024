#include <algorithm>
#include <regex>

#include <nlohmann/json.hpp>

#include "report/catalog.h"
#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;

namespace {

std::string html(const verdict::GateResult& result) {
    return report::find("html")->render(result, {});
}

/// What stands between two marks.
std::string between(const std::string& text, const std::string& start, const std::string& end) {
    const std::size_t from = text.find(start) + start.size();
    return text.substr(from, text.find(end, from) - from);
}

/// The page without its style and its scripts.
std::string body(const verdict::GateResult& result) {
    return between(html(result), "<body>", "<script");
}

nlohmann::json charts(const verdict::GateResult& result) {
    return nlohmann::json::parse(
        between(html(result), R"(<script type="application/json" id="charts">)", "</script>"));
}

/// The data of the rows of a chart with a line a check.
nlohmann::json rows_of(const nlohmann::json& chart) {
    return chart.at("layer").at(2).at("data").at("values");
}

std::size_t count(const std::string& text, const std::string& word) {
    std::size_t found = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++found;
    }
    return found;
}

}  // namespace

TEST_CASE("the page starts with the verdict, the tally and where the evidence comes from",
          "[report]") {
    const std::string page = body(tests::sample_fail());
    CHECK(page.find("<span class=\"badge fails\">FAIL</span>") != std::string::npos);
    CHECK(page.find("5 of 5 checks evaluated or explained") != std::string::npos);
    CHECK(page.find("baseline <code>main:eval/predictions.csv</code>") != std::string::npos);
    CHECK(page.find("<b>Next step:</b> Run <code>metricgate explain accuracy</code>") !=
          std::string::npos);
    CHECK(body(tests::sample_pass()).find("badge holds\">PASS") != std::string::npos);
    CHECK(body({}).find("badge fails\">COULD NOT JUDGE") != std::string::npos);
    CHECK(body(tests::sample_first_run()).find("NOT COMPARED") != std::string::npos);
}

TEST_CASE("every row stands in the table of the page, those that need a reader first", "[report]") {
    const std::string page = body(tests::sample_fail());
    const std::size_t failing = page.find("<th scope=\"row\"><code>accuracy</code>");
    const std::size_t passing = page.find("<th scope=\"row\"><code>auc</code>");
    CHECK(failing < passing);
    CHECK(passing != std::string::npos);
    CHECK(page.find("-0.041 [-0.059, -0.023]") != std::string::npos);
    CHECK(page.find("loss up to 0.02, at least 0.85 (lower bound)") != std::string::npos);
}

TEST_CASE("the first chart shows each change in margins, in the order of the table", "[report]") {
    const auto rows = rows_of(charts(tests::sample_fail()).at(0));
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].at("check") == "accuracy");
    CHECK(rows[0].at("tone") == "fails");
    CHECK(rows[0].at("change_at") == -1.36667);
    CHECK(rows[0].at("lower") == -1.96667);
    CHECK(rows[0].at("margin") == -1);
    CHECK(rows[0].at("change") == "-0.041 [-0.059, -0.023]");
    CHECK(rows[3].at("tone") == "holds");
}

TEST_CASE("a change of many margins is an arrow at the edge of its chart", "[report]") {
    verdict::GateResult result = tests::sample_fail();
    result.checks[1].comparison->delta = -3.0;
    result.checks[1].comparison->interval = stats::Interval{-4.0, -0.01, 0.95};
    const auto row = rows_of(charts(result).at(0)).at(0);
    CHECK(row.at("beyond") == "left");
    CHECK(row.at("change_at") == -6);
    CHECK(row.at("lower") == -6);
    CHECK(row.at("upper") == -0.333333);
}

TEST_CASE("slices have a chart of their own, worst first, and one row in the first chart",
          "[report]") {
    const auto both = charts(tests::sample_slices());
    REQUIRE(both.size() == 2);
    const auto overview = rows_of(both[0]);
    REQUIRE(overview.size() == 1);
    CHECK(overview[0].at("check") == "recall-by-shop [shop=1199]");
    const auto slices = rows_of(both[1]);
    REQUIRE(slices.size() == 60);
    CHECK(slices[0].at("check") == "shop=1199");
    CHECK(slices[59].at("check") == "shop=1140");
    CHECK(body(tests::sample_slices()).find("the first 60 of 200 slices") != std::string::npos);
}

TEST_CASE("hostile names are inert in the page and in its charts", "[report]") {
    const std::string page = html(tests::sample_hostile());
    CHECK(count(page, "<script") == 2);
    CHECK(count(page, "</script>") == 2);
    const std::string text = body(tests::sample_hostile());
    CHECK(text.find("<img") == std::string::npos);
    CHECK(text.find("<h1>PASS") == std::string::npos);
    CHECK(text.find("href=") == std::string::npos);
    CHECK(text.find("<!--") == std::string::npos);
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
    // Nothing but the page's own elements.
    const std::regex element("<([a-z0-9]+)");
    for (std::sregex_iterator at(text.begin(), text.end(), element), end; at != end; ++at) {
        const std::vector<std::string> known = {
            "main", "header", "h1",      "h2",     "h3",         "span",    "p",       "ul",
            "li",   "b",      "code",    "div",    "table",      "thead",   "tbody",   "tr",
            "th",   "td",     "section", "figure", "figcaption", "details", "summary", "footer"};
        CAPTURE((*at)[1].str());
        CHECK(std::find(known.begin(), known.end(), (*at)[1].str()) != known.end());
    }
    CHECK(rows_of(charts(tests::sample_hostile()).at(0)).size() > 20);
}

TEST_CASE("nothing in the page asks for anything outside of it", "[report]") {
    const std::string page = html(tests::sample_fail());
    const std::string head = page.substr(0, page.find("<style>"));
    CHECK(head.find("default-src 'none'; script-src 'sha256-") != std::string::npos);
    CHECK(head.find("unsafe") == std::string::npos);
    CHECK(head.find("http://") == std::string::npos);
    CHECK(head.find("https://") == std::string::npos);
    CHECK(head.find("src=") == std::string::npos);
    // The rule comes before anything that it could hold back.
    CHECK(head.find("Content-Security-Policy") < head.find("<link"));
    CHECK(between(page, "<style>", "</style>").find("url(") == std::string::npos);
}

TEST_CASE("two metrics that only a parser tells apart are two to a reader of the page",
          "[report]") {
    auto result = tests::sample_fail();
    result.checks[1].rule.metric = "a\\x0ab";
    const std::string page = html(result);
    CHECK(page.find("<div class=\"sub\">a\\x0ab~") != std::string::npos);
}
