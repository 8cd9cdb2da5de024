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

TEST_CASE("repeats without a commit or a number are none, and one kind of data at a time",
          "[verdict]") {
    evidence::History history = repeats();
    for (evidence::HistoryPoint& point : history.points) {
        point.commit.clear();
    }
    CHECK_FALSE(calibrate(history, 0.95, {}).repeats);
    history = repeats();
    for (evidence::HistoryPoint& point : history.points) {
        point.data_digest = "one";
    }
    history.points[1].value = {support::NumberKind::not_a_number, 0.0};
    history.points[4].data_digest = "other";
    const MetricCalibration found = calibrate(history, 0.95, {});
    CHECK(found.repeats->values == 7);
    CHECK(found.repeats->degrees_of_freedom == 4.0);
    CHECK(found.unknown.starts_with(
        "the repeats have 4 degrees of freedom where 5 are wanted (6 runs of one commit), and "));
}

TEST_CASE("what is stable begins anew with new data", "[verdict]") {
    evidence::History history = stepped_history(60, 0, 0.9, 0.0, 0.01);
    for (std::size_t at = 0; at < history.points.size(); ++at) {
        history.points[at].data_digest = at < 35 ? "old" : "new";
    }
    CHECK(calibrate(history, 0.95, {}).stable == 25);
    history.points.resize(2);
    CHECK(calibrate(history, 0.95, {}).history);
    history.points.resize(1);
    CHECK_FALSE(calibrate(history, 0.95, {}).history);
}

TEST_CASE("a margin of two parts is the larger or the smaller one, as the policy asks",
          "[verdict]") {
    const auto tolerated = [](std::optional<double> absolute, std::optional<double> relative,
                              bool need_both) -> std::optional<double> {
        RuleToCalibrate rule = margin_of(0.0);
        rule.margin = policy::Margin{};
        if (absolute) {
            rule.margin->absolute = policy::Located<double>{*absolute, {}};
        }
        if (relative) {
            rule.margin->relative = policy::Located<double>{*relative, {}};
        }
        rule.margin->need_both = need_both;
        const auto found = calibrate(repeats(), 0.95, {rule});  // at a level of 0.8
        return found.rules.empty() ? std::nullopt : std::optional(found.rules.front().value);
    };
    CHECK_THAT(*tolerated(0.01, 0.05, false), WithinAbs(0.01, 1e-12));
    CHECK_THAT(*tolerated(0.01, 0.05, true), WithinAbs(0.04, 1e-12));
    CHECK_THAT(*tolerated({}, 0.05, false), WithinAbs(0.04, 1e-12));
    CHECK_THAT(*tolerated(0.01, {}, false), WithinAbs(0.01, 1e-12));
    CHECK_FALSE(tolerated({}, {}, false));
}

TEST_CASE(
    "losses of a metric that should be low are rises, and other metrics' rules are not for it",
    "[verdict]") {
    RuleToCalibrate rule = margin_of(0.01);
    rule.higher_is_better = false;
    RuleToCalibrate other = rule;
    other.metric = "recall";
    const MetricCalibration found = calibrate(repeats(), 0.95, {other, rule});
    REQUIRE(found.rules.size() == 1);
    CHECK(found.rules.front().looked_at == 2);
    CHECK(found.rules.front().broken == 0);  // 0.9 to 0.8 to 0.7 are gains
    rule.margin.reset();
    CHECK(calibrate(repeats(), 0.95, {rule}).rules.empty());
}

TEST_CASE("neighbours that differ much more than repeats are said to", "[verdict]") {
    // 0.9 and 0.91 by turns, three times each within 0.001.
    evidence::History history;
    history.metric = "accuracy";
    for (int commit = 0; commit < 24; ++commit) {
        for (const double off : {-0.001, 0.0, 0.001}) {
            history.points.push_back(
                history_point((commit % 2 == 0 ? 0.9 : 0.91) + off, "c" + std::to_string(commit)));
        }
    }
    MetricCalibration found = calibrate(history, 0.95, {});
    CHECK(found.used == NoiseSource::repeats);
    REQUIRE(found.limits);
    REQUIRE(found.notes.size() == 1);
    // 0.01 / 1.128 against 0.001.
    CHECK(found.notes.front().starts_with("neighbouring commits differ 8.9 times as much"));
    for (std::size_t at = 0; at < history.points.size(); ++at) {
        history.points[at].value.value += at % 3 == 0 ? -0.02 : at % 3 == 1 ? 0.0 : 0.02;
    }
    found = calibrate(history, 0.95, {});
    CHECK(found.used == NoiseSource::repeats);
    CHECK(found.notes.empty());
}

TEST_CASE("repeats propose where the history never moved, and have names", "[verdict]") {
    evidence::History history;
    history.metric = "accuracy";
    for (int commit = 0; commit < 3; ++commit) {
        for (const double off : {-0.01, 0.0, 0.01}) {
            history.points.push_back(history_point(0.75 + off, "c" + std::to_string(commit)));
        }
    }
    const MetricCalibration found = calibrate(history, 0.95, {});
    CHECK(found.used == NoiseSource::repeats);
    CHECK_FALSE(found.limits);
    CHECK(found.notes.empty());
    CHECK(name(NoiseSource::repeats) == std::string("repeats"));
    CHECK(name(NoiseSource::history) == std::string("history"));
    CHECK(name(NoiseSource::none) == std::string("none"));
    CHECK(name(static_cast<NoiseSource>(99)) == std::string("none"));
    CHECK(name(RuleNoise::Kind::margin) == std::string("margin"));
    CHECK(name(RuleNoise::Kind::minimum) == std::string("min"));
    CHECK(name(RuleNoise::Kind::maximum) == std::string("max"));
    CHECK(name(static_cast<RuleNoise::Kind>(99)) == std::string("margin"));
}

TEST_CASE("noise beyond all numbers proposes nothing", "[verdict]") {
    evidence::History history;
    history.metric = "accuracy";
    for (int run = 0; run < 8; ++run) {
        history.points.push_back(history_point(run % 2 == 0 ? 1.7e308 : -1.7e308, "one"));
    }
    const MetricCalibration found = calibrate(history, 0.95, {});
    CHECK(found.used == NoiseSource::none);
    CHECK(found.unknown.starts_with("the repeats differ by more than a number holds, and "));
}

TEST_CASE("a long history whose means never moved has no limits, but repeats that propose",
          "[verdict]") {
    evidence::History history;
    history.metric = "accuracy";
    for (int commit = 0; commit < 24; ++commit) {
        for (const double off : {-0.25, 0.0, 0.25}) {
            history.points.push_back(history_point(0.5 + off, "c" + std::to_string(commit)));
        }
    }
    const MetricCalibration found = calibrate(history, 0.95, {});
    CHECK(found.stable == 24);
    CHECK(found.used == NoiseSource::repeats);
    CHECK(found.margin);
    CHECK_FALSE(found.limits);
}
