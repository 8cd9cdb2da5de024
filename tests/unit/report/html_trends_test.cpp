#include <nlohmann/json.hpp>

#include "report/catalog.h"
#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;
using comparison::ChartType;

namespace {

/// A row whose chart has three points that its limits rest on, and two judged ones.
verdict::CheckResult charted(const std::string& id, ChartType type, bool rings) {
    verdict::CheckResult row;
    row.rule.id = id;
    row.rule.chart.emplace();
    row.rule.chart->type = type;
    row.comparison.emplace();
    row.comparison->baseline = metrics::Value::of(0.9);
    row.comparison->candidate = metrics::Value::of(0.85);
    comparison::Chart& chart = row.comparison->chart.emplace();
    chart.type = type;
    chart.center = 0.9;
    chart.lower = 0.87;
    chart.upper = 0.93;
    for (int i = 0; i < 5; ++i) {
        comparison::ChartedPoint point;
        point.key = "v" + std::to_string(i) + "<b>";
        point.value = 0.9 - 0.01 * i;
        point.statistic = 0.5 - 0.01 * i;
        point.made_limits = i < 3;
        point.judged = i >= 3;
        point.rings = rings && i == 4;
        chart.points.push_back(point);
    }
    if (rings) {
        chart.broken = {"beyond_three_sigma"};
    }
    return row;
}

std::string page_of(std::vector<verdict::CheckResult> rows) {
    verdict::GateResult result = tests::sample_pass();
    result.checks = std::move(rows);
    return report::find("html")->render(result, {});
}

nlohmann::json charts_in(const std::string& page) {
    const std::string start = R"(<script type="application/json" id="charts">)";
    const std::size_t from = page.find(start) + start.size();
    return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
}

bool has(const std::string& page, const std::string& text) {
    return page.find(text) != std::string::npos;
}

std::size_t table_rows(const std::string& page) {
    const std::size_t from = page.find("newest first");
    const std::string table = page.substr(from, page.find("</table>", from) - from);
    std::size_t rows = 0;
    for (std::size_t at = table.find("<tr>"); at != std::string::npos;
         at = table.find("<tr>", at + 1)) {
        ++rows;
    }
    return rows - 1;  // without the headings
}

}  // namespace

TEST_CASE("the series behind a chart is drawn with its limits, its states in a table", "[report]") {
    const std::string page = page_of({charted("accuracy", ChartType::individuals, true)});
    CHECK(has(page, "<h2>Control charts</h2>"));
    CHECK(has(page, "accuracy: individuals chart"));
    CHECK(has(page, "All 5 points, newest first"));
    CHECK(table_rows(page) == 5);
    CHECK(has(page, "v4&lt;b&gt;"));
    CHECK_FALSE(has(page, "v4<b>"));
    CHECK(page.find("rings") < page.find("learning"));
    const std::string drawn = charts_in(page).dump();
    CHECK(has(drawn, "0.87"));
    CHECK(has(drawn, "0.93"));
    CHECK_FALSE(has(page_of({}), "Control charts"));
}

TEST_CASE("a sum is drawn from where its limits stand, an average with its points", "[report]") {
    // Its table has all values, and of the points before no sum.
    const std::string sums = page_of({charted("accuracy", ChartType::cusum, false)});
    CHECK(table_rows(sums) == 5);
    CHECK(has(sums, "sum of deviations"));
    CHECK_FALSE(has(charts_in(sums).dump(), "v2<b>"));
    CHECK(has(charts_in(sums).dump(), "v3<b>"));
    const std::string averages = page_of({charted("accuracy", ChartType::ewma, false)});
    CHECK(has(averages, "weighted average"));
    CHECK(has(charts_in(averages).dump(), "v0<b>"));
}

TEST_CASE("a chart without limits shows its values and claims none", "[report]") {
    verdict::CheckResult row = charted("accuracy", ChartType::ewma, false);
    row.comparison->baseline = metrics::Value::undefined("not evaluated");
    row.comparison->insufficient = comparison::Insufficient{"points in control", 3, 20};
    for (auto& point : row.comparison->chart->points) {
        point.judged = false;
    }
    const std::string page = page_of({row});
    CHECK_FALSE(has(charts_in(page).dump(), "0.93"));
    CHECK_FALSE(has(page, ">learning<"));
    // Few examples at the newest point take nothing from limits that there are.
    row.comparison->baseline = metrics::Value::of(0.9);
    row.comparison->insufficient = comparison::Insufficient{"examples", 12, 30};
    CHECK(has(charts_in(page_of({row})).dump(), "0.93"));
}

TEST_CASE("of many charts those that ring are drawn, and the rest is counted", "[report]") {
    std::vector<verdict::CheckResult> rows;
    for (int i = 0; i < 61; ++i) {
        rows.push_back(charted("m" + std::to_string(i), ChartType::individuals, i == 60));
    }
    const std::string page = page_of(rows);
    CHECK(has(page, "m60: individuals chart"));
    CHECK(has(page, "m58: individuals chart"));
    CHECK_FALSE(has(page, "m59: individuals chart"));
    CHECK(has(page, "The first 60 of 61 charts are drawn, those that ring before others."));
}
