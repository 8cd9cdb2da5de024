// Rows that no candidate can turn red, and the warning that names them.
#include "verdict/unable_to_fail.h"

#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::verdict;

namespace {

CheckResult passing(const std::string& id, double margin) {
    CheckResult row;
    row.rule.id = id;
    row.rule.metric = row.rule.name = "accuracy";
    row.rule.higher_is_better = true;
    row.rule.margin.absolute = margin;
    row.status = Status::pass;
    comparison::Comparison compared;
    compared.baseline = metrics::Value::of(0.9);
    compared.candidate = metrics::Value::of(0.8);
    compared.uncertainty_known = false;
    compared.margin = comparison::AgainstMargin{.margin = margin};
    row.comparison = compared;
    return row;
}

CheckResult charted(comparison::ChartType type, double lower, double upper) {
    CheckResult row = passing("chart", 0.0);
    row.rule.margin = {};
    comparison::Chart chart;
    chart.type = type;
    chart.rules = {stats::RunRule::beyond_three_sigma};
    chart.lower = lower;
    chart.upper = upper;
    row.comparison->chart = chart;
    return row;
}

}  // namespace

TEST_CASE("a warning names the passing, blocking rows that could do nothing else", "[verdict]") {
    CHECK(warning_of_unable({passing("a", 0.1)}).empty());
    const std::string one = warning_of_unable({passing("a", 0.1), passing("b", 5.0)});
    CHECK(one ==
          "Check b passes and could do nothing else on this data: the margin of 5 covers every "
          "possible loss: from the baseline's 0.9 the accuracy can get worse by 0.9 at most.");
    const std::string two = warning_of_unable({passing("b", 5.0), passing("c", 1.0)});
    CHECK(two.starts_with("Checks b and c pass and could do nothing else on this data: "));
    CheckResult warns = passing("d", 5.0);
    warns.rule.level = Level::warn;
    CheckResult red = passing("e", 5.0);
    red.status = Status::violated;
    CHECK(warning_of_unable({warns, red}).empty());
}

TEST_CASE("a chart whose limits hold the whole range of its metric cannot ring", "[verdict]") {
    using comparison::ChartType;
    CHECK_FALSE(unable_to_fail(charted(ChartType::individuals, -0.1, 1.9)).empty());
    CHECK_FALSE(unable_to_fail(charted(ChartType::ewma, 0.0, 0.95)).empty());
    CHECK(unable_to_fail(charted(ChartType::individuals, 0.01, 1.9)).empty());
    // A sum of deviations, or a run of points on one side, rings all the same.
    CHECK(unable_to_fail(charted(ChartType::cusum, -0.1, 1.9)).empty());
    CheckResult runs = charted(ChartType::individuals, -0.1, 1.9);
    runs.comparison->chart->rules.push_back(stats::RunRule::eight_on_one_side);
    CHECK(unable_to_fail(runs).empty());
    CheckResult both = charted(ChartType::individuals, -0.1, 0.95);
    CHECK_FALSE(unable_to_fail(both).empty());
    both.comparison->chart->two_sided = true;
    CHECK(unable_to_fail(both).empty());
    both.comparison->chart->upper = 1.9;
    CHECK_FALSE(unable_to_fail(both).empty());
    both.comparison->chart->lower = 0.1;
    CHECK(unable_to_fail(both).empty());
    // Where lower is better the upper limit is what rings.
    CheckResult lower = charted(ChartType::individuals, 0.1, 0.95);
    lower.rule.higher_is_better = false;
    CHECK(unable_to_fail(lower).empty());
    lower.comparison->chart->upper = 1.0;
    CHECK_FALSE(unable_to_fail(lower).empty());
    lower.comparison->chart->two_sided = true;
    CHECK(unable_to_fail(lower).empty());
}
