#include "report/gallery.h"

#include <nlohmann/json.hpp>

#include "report/catalog.h"
#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;

namespace {

/// Two bins, one example changed, names that try to be markup.
report::Gallery sample_gallery() {
    report::InputGallery input;
    input.input = "eval";
    input.positive = "</script>";
    input.baseline_curves = report::SideCurves{
        {{0, 0}, {0.5, 1}, {1, 1}}, {{0, 1}, {1, 0.5}}, {{0.1, 0.4}}, {{0.9, 0.8}}};
    input.candidate_curves = input.baseline_curves;
    input.candidate_curves->recall_at = {{0.1, 0.25}};
    input.baseline_calibration = {{0, 0.5, 0.2, 0.25, 8}, {0.5, 1, 0, 0, 0}};
    input.candidate_calibration = input.baseline_calibration;
    input.confusion =
        report::ConfusionTable{{"no", "<img src=x>"}, {90, 10, 5, 95}, {80, 20, 0, 100}};
    report::Distribution latency;
    latency.title = "latency_ms <b>";
    latency.of = "latency_ms";
    latency.unit = "examples";
    latency.edges = {0, 10, 20};
    latency.above = true;
    latency.baseline = {30, 10};
    latency.candidate = {20, 20};
    latency.baseline_n = latency.candidate_n = 40;
    latency.shares = {0.5, 0.99};
    latency.baseline_quantiles = {8, 19};
    latency.candidate_quantiles = {10, 90};
    input.distributions = {latency};
    input.columns = {latency};
    input.categories = {{"plan", {{"<free>", 10, 0}, {"(empty)", 0, 5}}, 10, 5}};
    report::Gallery gallery;
    gallery.inputs = {input};
    gallery.changes = {{"accuracy",
                        "examples whose predicted class changed",
                        "1: wrong now",
                        {{"</td><script>", "1", "1 (0.9)", "0 (0.1)", 1.0}},
                        12}};
    return gallery;
}

std::string html(const report::Gallery* gallery) {
    report::Style style;
    style.gallery = gallery;
    return report::find("html")->render(tests::sample_fail(), style);
}

nlohmann::json charts(const std::string& page) {
    const std::string start = R"(<script type="application/json" id="charts">)";
    const std::size_t from = page.find(start) + start.size();
    return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
}

std::string body(const std::string& page) {
    const std::size_t from = page.find("<body>");
    return page.substr(from, page.find("<script", from) - from);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the gallery adds its charts, and each has its numbers in a table", "[report]") {
    const report::Gallery gallery = sample_gallery();
    const std::string page = html(&gallery);
    CHECK(charts(html(nullptr)).size() == 1);
    // Margins, ROC, precision and recall, calibration, latency, a column of numbers, one of text.
    CHECK(charts(page).size() == 7);
    const std::string text = body(page);
    CHECK(has(text,
              "recall at a false-alarm rate of at most 10 %</th><td class=\"n\">40.0 %</td>"
              "<td class=\"n\">25.0 %</td>"));
    CHECK(has(text, "0 to 0.5</th><td class=\"n\">8</td><td class=\"n\">0.200</td>"));
    CHECK(has(text, "<td class=\"n right heat-8\">90</td>"));
    CHECK(has(text, "<td class=\"n wrong\">0</td>"));
    CHECK(has(text, "<td>p99</td><td class=\"n\">19</td><td class=\"n\">90</td>"));
    CHECK(has(text, "12 examples whose predicted class changed"));
}

TEST_CASE("curves keep their order, distributions their shares of each side", "[report]") {
    const report::Gallery gallery = sample_gallery();
    const auto all = charts(html(&gallery));
    const auto roc = all.at(1).at("layer").at(1).at("data").at("values");
    REQUIRE(roc.size() == 6);
    CHECK(roc[1] == nlohmann::json::parse(R"({"side":"baseline","x":0.5,"y":1,"at":1})"));
    const auto bars = all.at(4).at("data").at("values");
    REQUIRE(bars.size() == 4);
    CHECK(bars[1].at("bin") == "10 and above");
    CHECK(bars[1].at("share") == 25);
    CHECK(bars[3].at("count") == 20);
}

TEST_CASE("each of several classes has two charts and a row of numbers", "[report]") {
    report::Gallery gallery;
    report::InputGallery input;
    const report::SideCurves curves{
        {{0, 0}, {1, 1}}, {{0, 1}, {1, 0.5}}, {{0.01, 0.1}, {0.05, 0.25}}, {{0.8, 0.9}}};
    input.class_curves = {{"<img src=x>", curves, curves}, {"new", std::nullopt, curves}};
    gallery.inputs = {input};
    const std::string page = html(&gallery);
    CHECK(charts(page).size() == 5);  // the margins are one
    CHECK(has(page, "&lt;img src=x&gt;</code></th><td class=\"n\">25.0 %</td>"));
    CHECK(has(page,
              "new</code></th><td class=\"n\">-</td><td class=\"n\">25.0 %</td>"
              "<td class=\"n\">-</td><td class=\"n\">90.0 %</td>"));
    CHECK_FALSE(has(body(page), "<img"));
}

TEST_CASE("hostile names of examples, classes and columns are inert", "[report]") {
    const report::Gallery gallery = sample_gallery();
    const std::string text = body(html(&gallery));
    CHECK_FALSE(has(text, "<img"));
    CHECK_FALSE(has(text, "<free>"));
    CHECK_FALSE(has(text, "<script"));
    CHECK(has(text, "<code>&lt;/td&gt;&lt;script&gt;</code>"));
}
