// Quantiles of scipy 1.16: t.ppf(0.95, 6) = 1.943180, chi2.ppf([0.05, 0.95], 6)
// = 1.635383, 12.591587.
#include "verdict/calibration.h"

#include <cmath>

#include "support/catch.h"
#include "support/history_samples.h"

using namespace metricgate;
using namespace metricgate::verdict;
using test::history_point;
using test::stepped_history;

namespace {

/// Three commits with three runs each, of standard deviation 0.01 around different levels.
evidence::History repeats() {
    evidence::History history;
    history.metric = "accuracy";
    for (const double level : {0.9, 0.8, 0.7}) {
        for (const double off : {-0.01, 0.0, 0.01}) {
            history.points.push_back(
                history_point(level + off, "c" + std::to_string(static_cast<int>(level * 10.5))));
        }
    }
    return history;
}

RuleToCalibrate margin_of(double absolute) {
    RuleToCalibrate rule;
    rule.check = "quality";
    rule.metric = "accuracy";
    rule.margin = policy::Margin{};
    rule.margin->absolute = policy::Located<double>{absolute, {}};
    return rule;
}

}  // namespace

TEST_CASE("repeats are pooled within their commits, and the margin follows", "[verdict]") {
    const MetricCalibration found = calibrate(repeats(), 0.95, {});
    REQUIRE(found.repeats);
    CHECK_THAT(found.repeats->sigma, WithinAbs(0.01, 1e-12));
    CHECK(found.repeats->degrees_of_freedom == 6.0);
    CHECK(found.repeats->groups == 3);
    CHECK_THAT(found.repeats->lower, WithinRel(0.01 * std::sqrt(6.0 / 12.591587), 1e-6));
    CHECK_THAT(found.repeats->upper, WithinRel(0.01 * std::sqrt(6.0 / 1.635383), 1e-6));
    CHECK(found.used == NoiseSource::repeats);
    REQUIRE(found.margin);
    CHECK_THAT(*found.margin, WithinRel(1.943180 * std::sqrt(2.0) * 0.01, 1e-6));
    CHECK_FALSE(found.limits);
}

TEST_CASE("a margin that is the proposal's is broken as often as was asked for", "[verdict]") {
    const double proposed = *calibrate(repeats(), 0.95, {}).margin;
    const MetricCalibration found = calibrate(repeats(), 0.95, {margin_of(proposed)});
    REQUIRE(found.rules.size() == 1);
    CHECK_THAT(found.rules.front().false_alarm, WithinAbs(0.05, 1e-9));
    CHECK(found.rules.front().looked_at == 2);
    CHECK(found.rules.front().broken == 2);  // 0.9 to 0.8 to 0.7
}

TEST_CASE("few repeats and a short history propose nothing, and say what is wanting", "[verdict]") {
    evidence::History history = stepped_history(8, 0, 0.9, 0.0, 0.01);
    history.points.push_back(history.points.back());
    history.points.back().value.value += 0.001;
    const MetricCalibration found = calibrate(history, 0.95, {margin_of(0.01)});
    CHECK(found.used == NoiseSource::none);
    CHECK_FALSE(found.margin);
    CHECK(found.rules.empty());
    CHECK(found.unknown.find("1 degree of freedom where 5 are wanted") != std::string::npos);
    CHECK(found.unknown.find("8 measurements") != std::string::npos);
}

TEST_CASE("repeats that never differ and a history that never moved propose nothing", "[verdict]") {
    evidence::History history = stepped_history(30, 0, 0.9, 0.0, 0.0);
    history.points.insert(history.points.end(), 9, history.points.front());
    const MetricCalibration found = calibrate(history, 0.95, {});
    CHECK_FALSE(found.margin);
    CHECK(found.unknown.find("never differ") != std::string::npos);
    CHECK(found.unknown.find("the history never moved") != std::string::npos);
    CHECK(calibrate({}, 0.95, {}).used == NoiseSource::none);
}

TEST_CASE("a history counts from its last change of level on", "[verdict]") {
    const MetricCalibration found = calibrate(stepped_history(30, 40, 0.9, -0.2, 0.01), 0.95, {});
    CHECK(found.used == NoiseSource::history);
    CHECK(found.stable == 40);
    CHECK_THAT(found.level, WithinAbs(0.7, 0.005));
    REQUIRE(found.limits);
    CHECK(found.limits->lower < 0.69);
    CHECK(found.limits->upper < 0.75);
}

TEST_CASE("limits of the policy are held against the present level", "[verdict]") {
    RuleToCalibrate rule = margin_of(0.5);
    rule.margin.reset();
    rule.minimum = 0.7;  // the level: half of the measurements lie below
    rule.maximum = 5.0;
    const MetricCalibration found =
        calibrate(stepped_history(30, 40, 0.9, -0.2, 0.01), 0.95, {rule});
    REQUIRE(found.rules.size() == 2);
    CHECK(found.rules[0].kind == RuleNoise::Kind::minimum);
    CHECK_THAT(found.rules[0].false_alarm, WithinAbs(0.5, 0.1));
    CHECK_THAT(found.rules[1].false_alarm, WithinAbs(0.0, 1e-6));
}

TEST_CASE("an unchanged model loses more than the proposal as often as was asked for",
          "[verdict]") {
    // 2,000 histories of 8 runs of one commit, and one more difference each: 5 % with a standard
    // error of 0.5.
    int more = 0;
    constexpr int trials = 2000;
    for (int trial = 0; trial < trials; ++trial) {
        stats::Stream stream = stats::Stream::of_unit(5, static_cast<std::uint64_t>(trial));
        const auto normal = [&stream] {
            double sum = -6.0;
            for (int i = 0; i < 12; ++i) {
                sum += stream.uniform();
            }
            return sum;
        };
        evidence::History history;
        history.metric = "accuracy";
        for (int run = 0; run < 8; ++run) {
            history.points.push_back(history_point(normal(), "one"));
        }
        const double margin = *calibrate(history, 0.95, {}).margin;
        more += normal() - normal() < -margin ? 1 : 0;
    }
    CHECK(more > trials * 0.05 - 30);
    CHECK(more < trials * 0.05 + 30);
}
