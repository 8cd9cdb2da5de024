#include "report/history.h"

#include <limits>

#include <nlohmann/json.hpp>

#include "report/calibration.h"
#include "report/chart_history.h"
#include "report/history_plot.h"
#include "report/history_words.h"
#include "report/table.h"
#include "support/catch.h"
#include "support/history_samples.h"
#include "support/text.h"

using namespace metricgate;
using namespace metricgate::report;
using test::stepped_history;
using verdict::HistoryView;

namespace {

HistoryView view_of(const evidence::History& history) {
    HistoryView view;
    view.source = "file";
    view.address = "history.csv";
    view.metrics.push_back(verdict::view_history(history, {}));
    return view;
}

/// What files may call things: markup, a workflow command, control characters, a formula.
evidence::History hostile() {
    const std::string name =
        "</script><img src=x onerror=alert(1)>|`*_\x1b[31m\n::error::x ##[group]=1+1\xe2\x80\xae";
    evidence::History history = stepped_history(30, 20, 0.9, -0.1, 0.01);
    history.metric = name;
    history.unit = name;
    for (evidence::HistoryPoint& point : history.points) {
        point.key = name;
        point.commit = name + point.commit;
        point.data_digest = name;
        point.metadata[name] = name;
    }
    return history;
}

std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) {
        text.erase(at, part.size());
    }
    return text;
}

}  // namespace

TEST_CASE("every format begins with the mark that names it", "[report]") {
    const HistoryView view = view_of(stepped_history(30, 20, 0.9, -0.1, 0.01));
    for (const HistoryFormat& format : history_formats()) {
        INFO(format.name);
        const std::string text = format.render(view, {});
        CHECK(text.starts_with(format.mark));
        CHECK(is_report(text, format.name));
    }
}

TEST_CASE("hostile names mean nothing in any format", "[report]") {
    HistoryView view = view_of(hostile());
    view.address = hostile().metric;
    for (const HistoryFormat& format : history_formats()) {
        INFO(format.name);
        const std::string text = format.render(view, {});
        CHECK(support::find_invalid_utf8(text) == std::string::npos);
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find("\n::") == std::string::npos);
        CHECK(text.find("##[") == std::string::npos);
        CHECK(text.find("\xe2\x80\xae") == std::string::npos);
        if (format.name == "html") {
            CHECK(text.find("<img") == std::string::npos);
            CHECK(text.find("</script><") == std::string::npos);
        }
        if (format.name == "markdown") {
            CHECK(text.find("\n::error") == std::string::npos);
        }
        if (format.name == "csv") {
            CHECK(text.find(",\"=") == std::string::npos);
        }
    }
}

TEST_CASE("the JSON of a history holds what was measured, in full", "[report]") {
    const HistoryView view = view_of(stepped_history(30, 20, 0.9, -0.1, 0.01));
    const auto json = nlohmann::json::parse(render_history_json(view, {}));
    CHECK(json["schema"] == "metricgate.history_report/1");
    const auto& metric = json["metrics"][0];
    CHECK(metric["measurements"].size() == 50);
    CHECK(metric["measurements"][7]["value"] == view.metrics[0].measurements[7].value);
    CHECK(metric["measurements"][49]["state"] == "rings");
    CHECK(metric["changes"][0]["position"] == 31);
    CHECK(metric["changes"][0]["better"] == false);
    CHECK(metric["limits"]["first"] == 1);
    CHECK(metric["limits"]["last"] == 20);
}

TEST_CASE("specifications of charts are JSON, whatever the history holds", "[report]") {
    evidence::History extreme = stepped_history(30, 20, 0.9, -0.1, 0.01);
    extreme.points[25].value.value = 1.7e308;
    extreme.points[26].value.value = -1.7e308;
    for (const evidence::History& history :
         {stepped_history(1, 0, 0.0, 0.0, 0.0), stepped_history(30, 20, 0.9, -0.1, 0.01),
          stepped_history(1500, 0, 0.9, 0.0, 0.01), hostile(), extreme}) {
        const verdict::MetricHistory view = verdict::view_history(history, {});
        for (const std::string& spec : {trend_spec(view), strip_spec(view)}) {
            const auto json = nlohmann::json::parse(spec, nullptr, false);
            CHECK(json.is_object());
        }
    }
}

TEST_CASE("nothing drawn is wider than asked for, and ASCII is ASCII", "[report]") {
    for (const std::size_t points : {0U, 1U, 2U, 25U, 60U, 700U}) {
        const HistoryView view = view_of(stepped_history(points, points / 3, 1e-7, 2e-7, 1e-8));
        for (const std::size_t columns : {30U, 60U, 100U, 140U}) {
            for (const bool ascii : {false, true}) {
                for (const auto& line : plot(view.metrics[0], columns, 9, ascii)) {
                    CHECK(display_width(line) <= columns);
                }
                CHECK(display_width(sparkline(view.metrics[0], columns, ascii)) <= columns);
            }
            Style style;
            style.columns = columns;
            style.ascii = true;
            for (const char byte : render_history_text(view, style)) {
                REQUIRE(static_cast<unsigned char>(byte) < 0x80U);
            }
        }
    }
}

TEST_CASE("a sparkline follows the values, and a flat one stays in the middle", "[report]") {
    evidence::History history;
    for (const double value : {0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0}) {
        history.points.push_back(test::history_point(value));
    }
    CHECK(sparkline(verdict::view_history(history, {}), 20, true) == ".,-~=+*#");
    for (auto& point : history.points) {
        point.value.value = 3.0;
    }
    CHECK(sparkline(verdict::view_history(history, {}), 20, true) == "========");
    CHECK(sparkline(verdict::view_history({}, {}), 20, true).empty());
}

TEST_CASE("extreme values are drawn, not refused", "[report]") {
    evidence::History history;
    for (int i = 0; i < 30; ++i) {
        history.points.push_back(test::history_point(i % 2 == 0 ? -1.7e308 : 1.7e308));
    }
    const HistoryView view = view_of(history);
    for (const HistoryFormat& format : history_formats()) {
        CHECK_FALSE(format.render(view, {}).empty());
    }
    CHECK(plot(view.metrics[0], 60, 9, true).size() >= 9);
}

TEST_CASE("headlines count what rings", "[report]") {
    HistoryView view = view_of(stepped_history(30, 20, 0.9, -0.1, 0.01));
    CHECK(history_headline(view) == "1 metric, it rings");
    view.metrics.push_back(verdict::view_history(stepped_history(30, 0, 0.9, 0.0, 0.01), {}));
    CHECK(history_headline(view) == "2 metrics, 1 of them rings");
    view.metrics.erase(view.metrics.begin());
    CHECK(history_headline(view) == "1 metric, none rings");
}

TEST_CASE("days are those of UTC, and impossible ones are left out", "[report]") {
    CHECK(day_words(0) == "1970-01-01");
    CHECK(day_words(1709164800) == "2024-02-29");
    CHECK(day_words(-1) == "1969-12-31");
    CHECK(day_words(std::nullopt).empty());
    CHECK(day_words(std::numeric_limits<std::int64_t>::max()).empty());
}

TEST_CASE("a calibration says the same in every format, and escapes names", "[report]") {
    verdict::Calibration calibration;
    calibration.source = "file";
    calibration.address = hostile().metric;
    evidence::History history = hostile();
    for (auto& point : history.points) {
        point.commit = "same";
    }
    calibration.metrics.push_back(verdict::calibrate(history, 0.95, {}));
    for (const CalibrationFormat& format : calibration_formats()) {
        INFO(format.name);
        const std::string text = format.render(calibration, {});
        CHECK(text.starts_with(format.mark));
        CHECK(is_report(text, format.name));
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(without(text, "\n\n").find("\n::") == std::string::npos);
    }
    const auto json = nlohmann::json::parse(render_calibration_json(calibration, {}));
    CHECK(json["metrics"][0]["repeats"]["values"] == 50);
    CHECK(json["metrics"][0]["used"] == "repeats");
}
