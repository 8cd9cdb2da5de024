// The reports of `metricgate power`.
#include <nlohmann/json.hpp>

#include "report/power.h"
#include "report/power_phrases.h"
#include "support/catch.h"
#include "support/power_rows.h"

using namespace metricgate;
using Json = nlohmann::json;
using tests::judged;
using tests::normal_row;
using tests::outcome_row;

namespace {

verdict::PowerResult sample() {
    verdict::CheckResult loose = normal_row("loose", 0.6, 0.01, 0.7);
    loose.rule.level = verdict::Level::warn;
    verdict::CheckResult bare = normal_row("bare|`x`\n::error", 0.9, 0.01, 0.02);
    bare.comparison->uncertainty_known = false;
    verdict::CheckResult limited = normal_row("limited", 0.9, 0.01, 0.03);
    limited.rule.minimum = verdict::Limit{0.89};
    limited.comparison->candidate_interval = stats::Interval{0.88355, 0.91645, 0.95};
    return verdict::analyse_power(
        judged({outcome_row("accuracy", 1000, 30, 30, 0.01), limited, loose, bare}),
        verdict::Correction::holm);
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("chances are printed with the digits they deserve", "[report]") {
    CHECK(report::percent(0.0) == "< 0.1 %");
    CHECK(report::percent(0.0004) == "< 0.1 %");
    CHECK(report::percent(0.0496) == "5.0 %");
    CHECK(report::percent(0.361) == "36 %");
    CHECK(report::percent(0.995) == "99.5 %");
    CHECK(report::percent(0.9999) == "> 99.9 %");
    CHECK(report::blocked_words(0.84, 0.51) == "84 %, in this run 51 %");
    CHECK(report::blocked_words(0.84, 0.836) == "84 %");
}

TEST_CASE("the power report answers in every form it names", "[report]") {
    const verdict::PowerResult result = sample();
    for (const report::PowerFormat& format : report::power_catalog()) {
        CHECK(report::find_power(format.name) == &format);
        const std::string rendered = format.render(result, {});
        CHECK(contains(rendered, "accuracy"));
        // So that an old one is known again.
        CHECK(contains(rendered.substr(0, 200), std::string(format.mark)));
        CHECK(report::is_report(rendered, "json"));
    }
    CHECK(report::find_power("junit") == nullptr);
}

TEST_CASE("the text of a power report tells what each check sees", "[report]") {
    const std::string text = report::render_power_text(sample(), {});
    CHECK(contains(text, "metricgate power: A CHECK CANNOT FAIL\n"));
    CHECK(contains(text, "unchanged: passes 35 %, inconclusive 60 %, blocked 5.0 %"));
    CHECK(contains(text, "loss of 0.02 (2 times its margin): blocked 83 %"));
    CHECK(contains(text, "warning: this check cannot fail: "));
    CHECK(contains(text, "loose (only warns)"));
    CHECK(contains(text, "minimum 0.89: the baseline keeps it by 0.01;"));
    CHECK(contains(text, "no uncertainty known"));
    CHECK(contains(text, "Left out, because their chances are not known: "));
    CHECK_FALSE(contains(text, "\n::error"));
}

TEST_CASE("names cannot break the Markdown of a power report", "[report]") {
    const std::string text = report::render_power_markdown(sample(), {});
    CHECK(contains(text, "# metricgate power: A CHECK CANNOT FAIL\n"));
    CHECK(contains(text, "| Check | Allowed | Shown |"));
    CHECK_FALSE(contains(text, "\n::error"));
    // Every row of the table has as many cells as its heading.
    std::size_t begin = 0;
    std::size_t rows = 0;
    while (begin < text.size()) {
        const std::size_t end = text.find('\n', begin);
        const std::string line = text.substr(begin, end - begin);
        if (line.starts_with("|")) {
            std::size_t bars = 0;
            for (std::size_t i = 0; i < line.size(); ++i) {
                bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1U : 0U;
            }
            CHECK(bars == 10);
            ++rows;
        }
        begin = end + 1;
    }
    CHECK(rows == 6);
}

TEST_CASE("the JSON of a power report is in full precision and null where nothing is known",
          "[report]") {
    const verdict::PowerResult result = sample();
    const Json report = Json::parse(report::render_power_json(result, {}));
    CHECK(report["schema"] == "metricgate.power/1");
    CHECK(report["answer"] == "cannot_fail");
    CHECK(report["exit_code"] == 1);
    CHECK(report["whole_policy"]["rows"] == 2);
    CHECK(report["whole_policy"]["multiplicity"] == "holm");
    CHECK(report["whole_policy"]["blocked_unchanged"].get<double>() ==
          result.policy_power->blocked_unchanged);
    const Json accuracy = report["checks"][0];
    CHECK(accuracy["basis"] == "exact");
    CHECK(accuracy["unchanged"]["pass"].get<double>() == result.rows[0].unchanged->pass);
    CHECK(accuracy["drops"].size() == 3);
    CHECK(accuracy["limits"].empty());
    CHECK(report["checks"][1]["limits"][0]["kind"] == "min");
    CHECK(report["checks"][2]["cannot_fail"] == true);
    const Json bare = report["checks"][3];
    CHECK(bare["unchanged"].is_null());
    CHECK(bare["basis"].is_null());
    CHECK(bare["warnings"][0]["code"] == "no_uncertainty");
}
