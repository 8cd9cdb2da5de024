// Reference cases of control charts: limits, sums, rules, run lengths.
#include <cmath>

#include "stats/control_charts.h"
#include "stats/moments.h"
#include "stats/run_length.h"
#include "stats/run_rules.h"
#include "unit/stats/reference_case.h"

namespace metricgate::stats::reference {

namespace {

std::vector<double> positions(const std::vector<std::size_t>& found) {
    return {found.begin(), found.end()};
}

template <class Points, class Signals>
std::vector<double> signalling(const Points& points, const Signals& signals) {
    std::vector<double> found;
    for (std::size_t at = 0; at < points.size(); ++at) {
        if (signals(points[at])) {
            found.push_back(static_cast<double>(at));
        }
    }
    return found;
}

template <class Points, class Part>
std::vector<double> each(const Points& points, const Part& part) {
    std::vector<double> values;
    for (const auto& point : points) {
        values.push_back(part(point));
    }
    return values;
}

}  // namespace

void check_individuals(Case& c) {
    const std::vector<double> x = c.numbers("x");
    const IndividualsChart chart = individuals_chart(x);
    c.expect("center", chart.center);
    c.expect("moving_range", moving_ranges(x));
    c.expect("mr_bar", chart.mean_moving_range);
    c.expect("sigma_mr_d2exact", chart.sigma);
    c.expect("ucl_d2exact", chart.limits.upper);
    c.expect("lcl_d2exact", chart.limits.lower);
    const IndividualsChart rounded = individuals_chart(x, 0.0, 1.128);
    c.expect("ucl_d2_1p128", rounded.limits.upper);
    c.expect("lcl_d2_1p128", rounded.limits.lower);
    c.expect("mr_ucl_D4_3p267", chart.moving_range_upper);
    c.expect("sample_sd", std::sqrt(moments_of(x, range_of(x), 1.0).variance));
    c.expect("median_mr_sigma_0p9539", sigma_of_median_range(x));
}

void check_ewma(Case& c) {
    const EwmaChart chart = ewma_chart(c.numbers("x"), c.number("target"), c.number("sigma"),
                                       c.number("lambda_"), c.number("L"));
    c.expect("z", each(chart.points, [](const EwmaPoint& point) { return point.average; }));
    c.expect("ucl_exact",
             each(chart.points, [](const EwmaPoint& point) { return point.limits.upper; }));
    c.expect("lcl_exact",
             each(chart.points, [](const EwmaPoint& point) { return point.limits.lower; }));
    c.expect("ucl_steady", chart.steady.upper);
    c.expect("lcl_steady", chart.steady.lower);
    c.expect("signal_exact", signalling(chart.points, [](const EwmaPoint& point) {
                 return point.limits.signals(point.average);
             }));
    c.expect("signal_steady", signalling(chart.points, [&](const EwmaPoint& point) {
                 return chart.steady.signals(point.average);
             }));
}

void check_cusum(Case& c) {
    const auto points =
        cusum_chart(c.numbers("x"), c.number("target"), c.number("K"), c.number("H"),
                    c.has("headstart") ? c.number("headstart") : 0.0);
    c.expect("s_hi", each(points, [](const CusumPoint& point) { return point.high; }));
    c.expect("s_lo", each(points, [](const CusumPoint& point) { return point.low; }));
    c.expect("signal_hi",
             signalling(points, [](const CusumPoint& point) { return point.signals_high; }));
    c.expect("signal_lo",
             signalling(points, [](const CusumPoint& point) { return point.signals_low; }));
}

void check_run_rules(Case& c) {
    const std::vector<double> x = c.numbers("x");
    const auto expect = [&](const char* key, RunRule rule) {
        c.expect(key, positions(find_pattern(rule, x, c.number("center"), c.number("sigma"))));
    };
    expect("beyond_3sigma", RunRule::beyond_three_sigma);
    expect("2of3_beyond_2sigma_same_side", RunRule::two_of_three_beyond_two);
    expect("2of3_beyond_2sigma_same_side_window_only", RunRule::two_of_three_beyond_two_any);
    expect("4of5_beyond_1sigma_same_side", RunRule::four_of_five_beyond_one);
    expect("4of5_beyond_1sigma_same_side_window_only", RunRule::four_of_five_beyond_one_any);
    expect("8_same_side", RunRule::eight_on_one_side);
    expect("9_same_side", RunRule::nine_on_one_side);
    expect("6_points_trending", RunRule::six_trending);
    expect("14_points_alternating", RunRule::fourteen_alternating);
    expect("15_within_1sigma", RunRule::fifteen_within_one);
    expect("8_beyond_1sigma_either_side", RunRule::eight_beyond_one_either_side);
}

void check_cusum_run_length(Case& c) {
    const double k = c.number("k");
    const double h = c.number("h");
    const double shift = c.number("shift");
    c.expect("one_sided", cusum_run_length(k, h, shift));
    c.expect("two_sided", two_sided_cusum_run_length(k, h, shift));
}

void check_ewma_run_length(Case& c) {
    c.expect("two_sided_steady_limits",
             ewma_run_length(c.number("lambda"), c.number("L"), c.number("shift")));
}

}  // namespace metricgate::stats::reference
