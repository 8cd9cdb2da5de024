#include <cmath>
#include <string>
#include <vector>

#include "comparison/chart_limits.h"
#include "comparison/chart_run_length.h"
#include "comparison/path_since.h"
#include "comparison/read_chart.h"
#include "metrics/catalog.h"
#include "metrics/metric.h"
#include "stats/control_charts.h"
#include "support/catch.h"

using namespace metricgate;
using comparison::ChartOptions;
using comparison::ChartType;
using comparison::Comparison;
using evidence::History;
using evidence::HistoryPoint;
using stats::RunRule;

namespace {

metrics::Metric higher_is_better() {
    metrics::Metric metric;
    metric.name = metric.title = "score";
    metric.direction = metrics::Direction::higher_is_better;
    return metric;
}

HistoryPoint point(double value, const std::string& key = "new") {
    HistoryPoint made;
    made.value = {support::NumberKind::finite, value};
    made.key = key;
    return made;
}

/// Values in order, called "0", "1", ...
History history(const std::vector<double>& values) {
    History made;
    made.metric = "score";
    for (const double value : values) {
        made.points.push_back(point(value, std::to_string(made.points.size())));
    }
    return made;
}

/// Around 0.9, up and down by turns: a moving range of 0.02, a sigma of 0.01772.
std::vector<double> quiet(std::size_t count) {
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(i % 2 == 0 ? 0.89 : 0.91);
    }
    return values;
}

bool rings(const Comparison& read) {
    return read.chart && !read.chart->broken.empty();
}

bool has_note(const Comparison& read, const std::string& code) {
    for (const comparison::Note& note : read.notes) {
        if (note.code == code) {
            return true;
        }
    }
    return false;
}

Comparison read(const History& past, double newest, const ChartOptions& options = {}) {
    return comparison::read_chart(higher_is_better(), past, point(newest), options);
}

}  // namespace

TEST_CASE("limits rest on the first twenty points and are widened for how few they are",
          "[comparison]") {
    const Comparison found = read(history(quiet(20)), 0.9);
    REQUIRE(found.problem.empty());
    REQUIRE(found.chart->center == Approx(0.9));
    // Mean moving range 0.02 / d2.
    REQUIRE(found.chart->raw_sigma == Approx(0.02 / 1.1283791670955126));
    REQUIRE(found.chart->sigma == Approx(found.chart->raw_sigma * comparison::widening(20)));
    REQUIRE(found.chart->lower == Approx(0.9 - 3.0 * found.chart->sigma));
    REQUIRE_FALSE(rings(found));
    REQUIRE(rings(read(history(quiet(20)), found.chart->lower - 1e-9)));
    REQUIRE_FALSE(rings(read(history(quiet(20)), found.chart->lower + 1e-9)));
}

TEST_CASE("center and sigma are those of the NIST handbook's flow rates", "[comparison]") {
    // NIST/SEMATECH e-Handbook 6.3.2.2: mean 50.81, mean moving range 1.8778, over d2 1.128.
    ChartOptions options;
    options.points = 10;
    const Comparison found =
        read(history({49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1}), 50.0, options);
    REQUIRE(found.chart->center == Approx(50.81));
    REQUIRE(found.chart->raw_sigma == Approx(1.8778 / 1.128).epsilon(1e-3));
}

TEST_CASE("the sum of a chart is that of a tabular CUSUM", "[comparison]") {
    std::vector<double> values = quiet(20);
    const std::vector<double> after = {0.895, 0.88, 0.902, 0.89, 0.881, 0.889, 0.905, 0.87};
    values.insert(values.end(), after.begin(), after.end());
    ChartOptions options;
    options.type = ChartType::cusum;
    const Comparison found = read(history(values), 0.893, options);
    std::vector<double> charted = after;
    charted.push_back(0.893);
    const double sigma = found.chart->sigma;
    const auto sums = stats::cusum_chart(charted, 0.9, 0.5 * sigma, 5.0 * sigma);
    REQUIRE(sums.back().low > 0.0);
    REQUIRE(-found.chart->statistic == Approx(sums.back().low));
}

TEST_CASE("the widening falls with the points and ends at none", "[comparison]") {
    // By numeric integration of Student's density, in another language.
    REQUIRE(comparison::widening(20) == Approx(1.294286).epsilon(1e-5));
    REQUIRE(comparison::widening(50) == Approx(1.101502).epsilon(1e-5));
    REQUIRE(comparison::widening(50) < comparison::widening(20));
    REQUIRE(comparison::widening(100'000) == Approx(1.0).margin(1e-3));
}

TEST_CASE("only what is worse rings, unless both sides are asked for", "[comparison]") {
    ChartOptions options;
    REQUIRE_FALSE(rings(read(history(quiet(20)), 1.2, options)));
    options.two_sided = true;
    REQUIRE(rings(read(history(quiet(20)), 1.2, options)));
    metrics::Metric loss = higher_is_better();
    loss.direction = metrics::Direction::lower_is_better;
    REQUIRE(rings(comparison::read_chart(loss, history(quiet(20)), point(1.2), {})));
    REQUIRE_FALSE(rings(comparison::read_chart(loss, history(quiet(20)), point(0.6), {})));
}

TEST_CASE("fewer than twenty points decide nothing", "[comparison]") {
    const Comparison found = read(history(quiet(19)), 0.1);
    REQUIRE(found.insufficient);
    REQUIRE(found.insufficient->have == 19);
    REQUIRE(found.insufficient->need == 20);
    REQUIRE_FALSE(rings(found));
    REQUIRE(read({}, 0.1).insufficient->have == 0);
}

TEST_CASE("limits do not follow a decline", "[comparison]") {
    std::vector<double> values = quiet(20);
    for (int i = 1; i <= 40; ++i) {
        values.push_back(0.9 - 0.003 * i);
    }
    const Comparison found = read(history(values), 0.9 - 0.003 * 41);
    REQUIRE(found.chart->center == Approx(0.9));
    REQUIRE(found.chart->limit_points == 20);
    REQUIRE(rings(found));
}

TEST_CASE("an early point out of control is no base for limits", "[comparison]") {
    std::vector<double> values = quiet(21);
    values.insert(values.begin() + 7, 0.4);
    const Comparison found = read(history(values), 0.9);
    REQUIRE(found.chart->left_out == 1);
    REQUIRE(found.chart->limit_points == 20);
    REQUIRE(found.chart->raw_sigma < 0.03);
    REQUIRE(has_note(found, "points_out_of_control"));
}

TEST_CASE("a history that never moved rings on a real change, and not on rounding",
          "[comparison]") {
    const History flat = history(std::vector<double>(20, 0.95));
    REQUIRE_FALSE(rings(read(flat, 0.95)));
    REQUIRE_FALSE(rings(read(flat, 0.95 - 1e-17)));
    REQUIRE_FALSE(rings(read(flat, std::nextafter(0.95, 0.0))));
    REQUIRE_FALSE(rings(read(flat, 0.95 - 1e-12)));
    REQUIRE(rings(read(flat, 0.94)));
    REQUIRE(has_note(read(flat, 0.95), "sigma_floor"));
    ChartOptions wide;
    wide.least_sigma = 0.01;
    REQUIRE_FALSE(rings(read(flat, 0.94, wide)));
    REQUIRE(rings(read(flat, 0.91, wide)));
    // All zeros: not even a digit says how fine they are.
    REQUIRE_FALSE(rings(read(history(std::vector<double>(20, 0.0)), 0.0)));
    REQUIRE(rings(read(history(std::vector<double>(20, 0.0)), -1.0)));
    REQUIRE_FALSE(rings(read(history(std::vector<double>(20, 0.0)), -1e-17)));
}

TEST_CASE("values in a very large unit are no rounded zeros", "[comparison]") {
    const History tiny = history(std::vector<double>(20, 5e-13));
    REQUIRE_FALSE(rings(read(tiny, 5e-13)));
    REQUIRE(rings(read(tiny, 2e-13)));
}

TEST_CASE("new data and accepted steps base the limits anew, and nothing else does",
          "[comparison]") {
    History past = history(quiet(25));
    for (HistoryPoint& each : past.points) {
        each.data_digest = "a";
    }
    HistoryPoint other = point(0.5);
    other.data_digest = "b";
    const Comparison found =
        comparison::read_chart(higher_is_better(), past, other, ChartOptions{});
    REQUIRE(found.insufficient);
    REQUIRE(found.insufficient->have == 0);
    REQUIRE(has_note(found, "limits_based_anew"));
    other.data_digest = "a";
    REQUIRE(rings(comparison::read_chart(higher_is_better(), past, other, ChartOptions{})));
    // A point that says nothing of its data is taken as of the same.
    REQUIRE(rings(comparison::read_chart(higher_is_better(), past, point(0.5), ChartOptions{})));

    std::vector<double> stepped = quiet(20);
    for (const double value : quiet(20)) {
        stepped.push_back(value - 0.3);
    }
    REQUIRE(rings(read(history(stepped), 0.6)));
    ChartOptions accepting;
    accepting.accepted = {{"20", "a smaller model"}};
    const Comparison accepted = read(history(stepped), 0.6, accepting);
    REQUIRE_FALSE(rings(accepted));
    REQUIRE(accepted.chart->center == Approx(0.6));
    REQUIRE(rings(read(history(stepped), 0.4, accepting)));
    accepting.accepted = {{"2000", "a typing error"}};
    REQUIRE(has_note(read(history(stepped), 0.6, accepting), "accepted_step_unknown"));
    REQUIRE(rings(read(history(stepped), 0.6, accepting)));
}

TEST_CASE("attempts on one commit are one point, so that a retry replaces nothing",
          "[comparison]") {
    History past = history(quiet(20));
    HistoryPoint bad = point(0.5, "bad");
    bad.commit = "c0ffee";
    bad.data_digest = "old";
    past.points.push_back(bad);
    HistoryPoint retry = point(0.9);
    retry.commit = "c0ffee";
    // It leaves out what it was measured on, which makes it no less of a retry.
    const Comparison found =
        comparison::read_chart(higher_is_better(), past, retry, ChartOptions{});
    REQUIRE(found.candidate.number() == Approx(0.7));
    REQUIRE(found.chart->points.back().attempts == 2);
    REQUIRE(found.chart->points.size() == 21);
    REQUIRE(rings(found));
    REQUIRE(has_note(found, "attempts"));
    // Other data, or another commit, is another measurement.
    retry.data_digest = "new";
    REQUIRE(comparison::read_chart(higher_is_better(), past, retry, ChartOptions{})
                .chart->points.back()
                .attempts == 1);
    // An attempt that gave no number is not outvoted.
    past.points.back().value = {support::NumberKind::not_a_number, 0.0};
    retry.data_digest.clear();
    REQUIRE_FALSE(
        comparison::read_chart(higher_is_better(), past, retry, ChartOptions{}).problem.empty());
}

TEST_CASE("a point that is not finite is a problem where it is in use", "[comparison]") {
    History past = history(quiet(30));
    past.points[3].value = {support::NumberKind::positive_infinity, 0.0};
    REQUIRE(read(past, 0.9).problem.find("point '3'") != std::string::npos);
    ChartOptions accepting;
    accepting.accepted = {{"5", "the first good run"}};
    REQUIRE(read(past, 0.9, accepting).problem.empty());
}

TEST_CASE("points with standard errors are charted in them", "[comparison]") {
    History past = history(quiet(20));
    for (HistoryPoint& each : past.points) {
        each.standard_error = support::ParsedNumber{support::NumberKind::finite, 0.01};
    }
    HistoryPoint newest = point(0.8);
    newest.standard_error = support::ParsedNumber{support::NumberKind::finite, 0.01};
    const Comparison sure =
        comparison::read_chart(higher_is_better(), past, newest, ChartOptions{});
    REQUIRE(sure.chart->standardised);
    REQUIRE(rings(sure));
    // The same value from a tenth of the data is no alarm.
    newest.standard_error->value = 0.0316;
    REQUIRE_FALSE(rings(comparison::read_chart(higher_is_better(), past, newest, ChartOptions{})));
}

TEST_CASE("a newest point does not lose the standard error that all others have", "[comparison]") {
    History past = history(quiet(20));
    for (HistoryPoint& each : past.points) {
        each.standard_error = support::ParsedNumber{support::NumberKind::finite, 0.001};
    }
    const auto read_newest = [&past](double value, std::optional<double> error) {
        HistoryPoint newest = point(value);
        if (error) {
            newest.standard_error = support::ParsedNumber{support::NumberKind::finite, *error};
        }
        return comparison::read_chart(higher_is_better(), past, newest, ChartOptions{});
    };
    REQUIRE(rings(read_newest(0.8, 0.001)));
    REQUIRE(read_newest(0.8, std::nullopt).problem ==
            "point 'new' of the history has no standard error, and every one before it has: wanted "
            "one that is measured alike; record it");
    // Where another point lacks it, too, all are charted as they are, and a note says so.
    past.points[3].standard_error.reset();
    const Comparison gaps = read_newest(0.8, 0.001);
    REQUIRE(gaps.problem.empty());
    REQUIRE_FALSE(gaps.chart->standardised);
    REQUIRE(std::ranges::any_of(gaps.notes, [](const auto& note) {
        return note.text == "1 point has no standard error, so that all are charted as they are.";
    }));
}

TEST_CASE("a point whose runs are all equal is as sure as the usual one before it",
          "[comparison]") {
    History past = history(quiet(20));
    for (std::size_t i = 0; i < past.points.size(); ++i) {
        // One night that was sure by chance does not count for the usual.
        past.points[i].standard_error = support::ParsedNumber{
            support::NumberKind::finite, i == 5 ? 1e-6 : 0.01 + 0.001 * static_cast<double>(i % 3)};
    }
    const auto read_newest = [&past](double value, double error) {
        HistoryPoint newest = point(value);
        newest.standard_error = support::ParsedNumber{support::NumberKind::finite, error};
        return comparison::read_chart(higher_is_better(), past, newest, ChartOptions{});
    };
    // Nor does it matter where the value lies, or what rounding left of the 0.
    for (const double none : {0.0, 1e-17}) {
        REQUIRE_FALSE(rings(read_newest(0.9, none)));
        for (const double lost : {0.5, none > 0.0 ? 0.1 : 0.0}) {
            const Comparison read = read_newest(lost, none);
            REQUIRE(read.chart->standardised);
            REQUIRE(rings(read));
            REQUIRE(has_note(read, "errors_of_zero"));
            REQUIRE(read.chart->sigma == read_newest(lost, 0.011).chart->sigma);
        }
    }
    // An earlier one does not take the errors away from all others.
    past.points[7].standard_error->value = 0.0;
    REQUIRE(read_newest(0.8, 0.01).chart->standardised);
    // Before the first that has an error nothing says how sure it is.
    past.points[0].standard_error->value = 0.0;
    REQUIRE_FALSE(read_newest(0.8, 0.01).chart->standardised);
}

TEST_CASE("a share is charted by the error that its n has at the share of all before it",
          "[comparison]") {
    metrics::Metric accuracy = higher_is_better();
    accuracy.name = "accuracy";
    accuracy.definition = metrics::find("accuracy");
    // Nights of 100 examples with 0 or 2 wrong ones: 0.99 in all.
    History past;
    for (int i = 0; i < 24; ++i) {
        past.points.push_back(point(i % 2 == 0 ? 1.0 : 0.98, std::to_string(i)));
        past.points.back().n = 100;
    }
    const auto read_newest = [&](double value) {
        HistoryPoint newest = point(value);
        newest.n = 100;
        return comparison::read_chart(accuracy, past, newest, ChartOptions{});
    };
    const Comparison healthy = read_newest(0.98);
    REQUIRE(healthy.chart->standardised);
    REQUIRE_FALSE(rings(healthy));
    REQUIRE_FALSE(has_note(healthy, "errors_of_zero"));
    // Ten wrong of 100 where one is usual: by chance once in ten million nights (8e-8, the
    // binomial's upper tail, R's pbinom(9, 100, 0.01, lower.tail = FALSE)). By the error that 0.9
    // itself has it would lie within the limits.
    const Comparison lost = read_newest(0.9);
    REQUIRE(rings(lost));
    // Its limits do not widen as it falls.
    REQUIRE(lost.chart->sigma == healthy.chart->sigma);
    const double share = (24 * 99 + 0.5) / 2401.0;
    const auto points = comparison::pooled(past.points, past.points.back());
    const auto errors = comparison::errors_of(points, true);
    REQUIRE(errors.size() == 25);
    REQUIRE_THAT(errors.back(),
                 Catch::Matchers::WithinAbs(std::sqrt(share * (1.0 - share) / 100.0), 1e-15));
}

TEST_CASE("a lost standard error keeps no chart from judging that has too little history",
          "[comparison]") {
    History past = history(quiet(5));
    for (HistoryPoint& each : past.points) {
        each.standard_error = support::ParsedNumber{support::NumberKind::finite, 0.001};
    }
    const Comparison read =
        comparison::read_chart(higher_is_better(), past, point(0.8), ChartOptions{});
    REQUIRE(read.problem.empty());
    REQUIRE(read.insufficient);
}

TEST_CASE("sums and averages catch what single values do not", "[comparison]") {
    std::vector<double> values = quiet(20);
    for (int i = 0; i < 30; ++i) {
        values.push_back(i % 2 == 0 ? 0.86 : 0.88);
    }
    const History past = history(values);
    REQUIRE_FALSE(rings(read(past, 0.87)));
    for (const ChartType type : {ChartType::cusum, ChartType::ewma, ChartType::moving_average}) {
        ChartOptions options;
        options.type = type;
        options.width = type == ChartType::ewma ? 2.7 : 3.0;
        options.span = 10;
        INFO(comparison::name_of(type));
        REQUIRE(rings(read(past, 0.87, options)));
        REQUIRE_FALSE(rings(read(history(quiet(50)), 0.9, options)));
    }
}

TEST_CASE("a sum stops ringing soon after the level is mended", "[comparison]") {
    std::vector<double> values = quiet(20);
    for (int i = 0; i < 40; ++i) {
        values.push_back(0.5);
    }
    ChartOptions options;
    options.type = ChartType::cusum;
    REQUIRE(rings(read(history(values), 0.5, options)));
    values.insert(values.end(), {0.9, 0.9, 0.9});
    REQUIRE_FALSE(rings(read(history(values), 0.9, options)));
}

TEST_CASE("run rules look at the worse side alone", "[comparison]") {
    ChartOptions options;
    options.rules = {RunRule::eight_on_one_side};
    std::vector<double> low = quiet(20);
    std::vector<double> high = quiet(20);
    low.insert(low.end(), 7, 0.895);
    high.insert(high.end(), 7, 0.905);
    REQUIRE(rings(read(history(low), 0.895, options)));
    REQUIRE_FALSE(rings(read(history(low), 0.901, options)));
    REQUIRE_FALSE(rings(read(history(high), 0.905, options)));
    options.rules = {RunRule::six_trending};
    std::vector<double> falling = quiet(20);
    falling.insert(falling.end(), {0.91, 0.908, 0.906, 0.904, 0.902});
    REQUIRE(rings(read(history(falling), 0.9, options)));
    std::vector<double> rising = quiet(20);
    rising.insert(rising.end(), {0.89, 0.892, 0.894, 0.896, 0.898});
    REQUIRE_FALSE(rings(read(history(rising), 0.9, options)));
    options.two_sided = true;
    REQUIRE(rings(read(history(rising), 0.9, options)));
}

TEST_CASE("a chart says how often it rings by chance", "[comparison]") {
    ChartOptions options;
    options.two_sided = true;
    REQUIRE(comparison::run_length_in_control(options).points == Approx(370.4));
    options.two_sided = false;
    REQUIRE(comparison::run_length_in_control(options).points == Approx(740.8));
    REQUIRE(*comparison::run_length_after(options, 0.0) == Approx(740.8).epsilon(1e-4));
    // NIST/SEMATECH e-Handbook 6.3.2: one sigma off, two-sided, 43.9; the far side adds nothing.
    REQUIRE(*comparison::run_length_after(options, 1.0) == Approx(43.96).epsilon(1e-3));
    options.type = ChartType::cusum;
    options.decision = 5.0;
    // R, package spc, gives 465.4 for both sides together; one side alone runs twice as long.
    REQUIRE(comparison::run_length_in_control(options).points == Approx(930.9).epsilon(1e-3));
    options.two_sided = true;
    REQUIRE(comparison::run_length_in_control(options).points == Approx(465.4).epsilon(1e-3));
    options.type = ChartType::individuals;
    options.rules = {RunRule::eight_on_one_side, RunRule::two_of_three_beyond_two,
                     RunRule::beyond_three_sigma, RunRule::four_of_five_beyond_one};
    const auto western = comparison::run_length_in_control(options);
    REQUIRE(western.points == Approx(91.75).epsilon(0.02));  // Champ and Woodall 1987
    REQUIRE_FALSE(western.at_least);
    options.rules = {RunRule::beyond_three_sigma, RunRule::six_trending};
    REQUIRE(comparison::run_length_in_control(options).at_least);
}

TEST_CASE("a path sums the losses since an anchor", "[comparison]") {
    History past = history({0.90, 0.91, 0.89, 0.90});
    for (HistoryPoint& each : past.points) {
        each.commit = "abcdef" + each.key + "0";
    }
    const Comparison found =
        comparison::path_since(higher_is_better(), past, point(0.88), "abcdef10");
    REQUIRE(found.problem.empty());
    REQUIRE(found.path->steps == 3);
    REQUIRE(found.path->net == Approx(-0.03));
    REQUIRE(found.path->average == Approx(-0.01));
    REQUIRE(found.path->losses == Approx(0.04));
    REQUIRE_FALSE(
        comparison::path_since(higher_is_better(), past, point(0.88), "v9").problem.empty());
    HistoryPoint other = point(0.88);
    past.points[1].data_digest = "a";
    other.data_digest = "b";
    REQUIRE_FALSE(
        comparison::path_since(higher_is_better(), past, other, "1").path->other_data.empty());
}
