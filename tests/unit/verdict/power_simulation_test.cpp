// The analysis against the gate itself: evidence simulated at known true losses, compared, judged
// and corrected as a run would, and counted. Agreement is within three binomial standard deviations
// plus the model error that each test names.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "stats/distributions.h"
#include "stats/random.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"
#include "verdict/judge.h"
#include "verdict/power.h"

using namespace metricgate;

namespace {

constexpr std::size_t trials = 2000;

double normal(stats::Stream& stream) {
    return stats::normal_quantile(stream.uniform());
}

verdict::Rule rule_of(const std::string& name, double margin) {
    verdict::Rule rule;
    rule.id = rule.name = rule.metric = name;
    rule.margin.absolute = margin;
    return rule;
}

verdict::CheckResult judge(const metrics::Metric& metric, const evidence::Examples& examples,
                           double margin) {
    const comparison::Options options = test::without_floors();
    return verdict::judge(rule_of(metric.name, margin),
                          test::compare_all(metric, examples, test::absolute(margin), options));
}

/// Paired outcomes of n examples, all of one class, with the given numbers of discordant pairs.
evidence::Examples outcomes(std::size_t n, std::size_t gained, std::size_t lost) {
    std::vector<std::uint32_t> baseline(n, 1);
    std::vector<std::uint32_t> candidate(n, 1);
    for (std::size_t i = 0; i < gained; ++i) {
        baseline[i] = 0;
    }
    for (std::size_t i = gained; i < gained + lost; ++i) {
        candidate[i] = 0;
    }
    for (std::size_t i = gained + lost; i < gained + lost + n / 10; ++i) {
        baseline[i] = candidate[i] = 0;
    }
    return test::binary_examples(std::vector<std::uint32_t>(n, 1), baseline, candidate);
}

evidence::Examples random_outcomes(stats::Stream& stream, std::size_t n, double discordant,
                                   double difference) {
    const std::size_t gained = stats::binomial(stream, n, 0.5 * (discordant + difference));
    const std::size_t lost =
        stats::binomial(stream, n - gained,
                        0.5 * (discordant - difference) / (1.0 - 0.5 * (discordant + difference)));
    return outcomes(n, gained, lost);
}

struct Shares {
    double pass = 0.0;
    double regressed = 0.0;
};

Shares simulate(const std::function<verdict::CheckResult()>& draw) {
    Shares shares;
    for (std::size_t i = 0; i < trials; ++i) {
        const verdict::CheckResult row = draw();
        shares.pass += row.status == verdict::Status::pass ? 1.0 / trials : 0.0;
        shares.regressed += row.status == verdict::Status::regressed ? 1.0 / trials : 0.0;
    }
    return shares;
}

void check_agrees(double simulated, double analysed, double model_error) {
    const double spread = std::max(analysed * (1.0 - analysed), 1.0 / trials);
    INFO("simulated " << simulated << ", analysed " << analysed);
    CHECK(std::abs(simulated - analysed) <= 3.0 * std::sqrt(spread / trials) + model_error);
}

void check_row(const verdict::RowPower& power, double model_error,
               const std::function<verdict::CheckResult(double difference)>& draw) {
    REQUIRE(power.unchanged);
    REQUIRE(power.drops.size() == 3);
    const Shares unchanged = simulate([&] { return draw(0.0); });
    check_agrees(unchanged.pass, power.unchanged->pass, model_error);
    check_agrees(unchanged.regressed, power.unchanged->regressed, model_error);
    for (const verdict::DropPower& drop : power.drops) {
        INFO("a loss of " << drop.drop);
        const Shares shares = simulate([&] { return draw(-drop.drop); });
        check_agrees(shares.pass, drop.chances.pass, model_error);
        check_agrees(shares.regressed, drop.chances.regressed, model_error);
    }
}

}  // namespace

TEST_CASE("paired accuracy is judged as often as its enumeration says", "[verdict]") {
    const evidence::Examples observed = outcomes(400, 16, 16);
    const metrics::Metric metric = test::metric_for("accuracy", observed);
    const auto power = verdict::row_power(judge(metric, observed, 0.02));
    CHECK(power.basis == "exact");
    stats::Stream stream(11);
    check_row(power, 0.0, [&](double difference) {
        return judge(metric, random_outcomes(stream, 400, 0.08, difference), 0.02);
    });
}

// Means of examples are widened for the skewness of the sample at hand, which is another one in
// every sample.
TEST_CASE("a paired mean is judged as often as t says", "[verdict]") {
    constexpr std::size_t n = 60;
    constexpr double model_error = 0.02;
    stats::Stream stream(12);
    const auto runs = [&](double mean, double sd) {
        std::vector<double> baseline;
        std::vector<double> candidate;
        for (std::size_t i = 0; i < n; ++i) {
            baseline.push_back(100.0 + 10.0 * normal(stream));
            candidate.push_back(baseline.back() - mean + sd * normal(stream));
        }
        return test::value_examples("latency_ms", baseline, candidate);
    };
    const metrics::Metric metric = test::latency("mean");
    const auto observed = judge(metric, runs(0.0, 4.0), 1.0);
    const auto power = verdict::row_power(observed);
    CHECK(power.basis == "t");
    const double sd = *observed.comparison->standard_error * std::sqrt(static_cast<double>(n));
    check_row(power, model_error, [&](double difference) {
        return judge(metric, runs(difference, sd), 1.0);  // lower is better
    });
}

// Degrees of freedom are those of the observed runs, and differ from set to set.
TEST_CASE("few repeated runs are judged as often as t says", "[verdict]") {
    constexpr std::size_t n = 5;
    constexpr double model_error = 0.03;
    stats::Stream stream(15);
    const metrics::Metric metric = test::latency("mean");
    const auto runs = [&](double mean, double sd) {
        evidence::Samples samples;
        for (std::size_t i = 0; i < n; ++i) {
            samples.values.push_back(mean + sd * normal(stream));
        }
        return samples;
    };
    const auto judged = [&](double difference, double sd) {
        return verdict::judge(
            rule_of(metric.name, 1.0),
            comparison::compare(metric, runs(100.0, sd), runs(100.0 - difference, sd),
                                test::absolute(1.0), test::without_floors()));
    };
    const auto observed = judged(0.0, 1.0);
    const auto power = verdict::row_power(observed);
    CHECK(power.basis == "t");
    const double sd = *observed.comparison->standard_error * std::sqrt(0.5 * n);
    check_row(power, model_error, [&](double difference) { return judged(difference, sd); });
}

// The standard error of an area grows with the loss and is taken as observed; chances are averaged
// over data sets, so that the luck of one does not count.
TEST_CASE("the area under the curve is judged as often as the normal formulas say", "[verdict]") {
    constexpr std::size_t n = 400;
    constexpr double baseline_area = 0.85;
    constexpr double model_error = 0.04;
    stats::Stream stream(13);
    // Binormal scores: area Phi(mu / sqrt 2), half of each score shared by both models.
    const auto separation = [](double area) {
        return std::sqrt(2.0) * stats::normal_quantile(area);
    };
    const auto scored = [&](double difference) {
        std::vector<std::uint32_t> labels;
        std::vector<double> baseline;
        std::vector<double> candidate;
        for (std::size_t i = 0; i < n; ++i) {
            const bool positive = i < n / 2;
            const double shared = normal(stream);
            labels.push_back(positive ? 1 : 0);
            const auto score = [&](double area) {
                return (positive ? separation(area) : 0.0) + std::sqrt(0.7) * shared +
                       std::sqrt(0.3) * normal(stream);
            };
            baseline.push_back(score(baseline_area));
            candidate.push_back(score(baseline_area + difference));
        }
        return test::ExamplesBuilder().labels(labels).scores(baseline, candidate).build();
    };
    const evidence::Examples first = scored(0.0);
    const metrics::Metric metric = test::metric_for("roc_auc", first);
    auto power = verdict::row_power(judge(metric, first, 0.02));
    CHECK(power.basis == "normal");
    constexpr int sets = 40;
    const auto weigh = [](stats::VerdictChances& into, const stats::VerdictChances& one, double w) {
        into.pass += w * one.pass;
        into.regressed += w * one.regressed;
    };
    *power.unchanged = {};
    for (verdict::DropPower& drop : power.drops) {
        drop.chances = {};
    }
    for (int i = 0; i < sets; ++i) {
        const auto one = verdict::row_power(judge(metric, scored(0.0), 0.02));
        weigh(*power.unchanged, *one.unchanged, 1.0 / sets);
        for (std::size_t m = 0; m < power.drops.size(); ++m) {
            weigh(power.drops[m].chances, one.drops[m].chances, 1.0 / sets);
        }
    }
    check_row(power, model_error,
              [&](double difference) { return judge(metric, scored(difference), 0.02); });
}

// The run's simulation takes outcomes as normal; on lattices of 400 pairs that is off by a point or
// two.
TEST_CASE("a run of five checks is blocked as often as the analysis says", "[verdict]") {
    constexpr std::size_t checks = 5;
    constexpr double model_error = 0.02;
    const evidence::Examples observed = outcomes(400, 16, 16);
    const metrics::Metric metric = test::metric_for("accuracy", observed);
    verdict::GateResult judged;
    judged.checks.assign(checks, judge(metric, observed, 0.02));
    const auto result = verdict::analyse_power(judged, verdict::Correction::holm);
    REQUIRE(result.policy_power);
    stats::Stream stream(14);
    const auto run = [&](double one, double others) {
        std::vector<verdict::CheckResult> rows;
        for (std::size_t k = 0; k < checks; ++k) {
            rows.push_back(
                judge(metric, random_outcomes(stream, 400, 0.08, k == 0 ? one : others), 0.02));
        }
        verdict::correct_for_multiplicity(rows, verdict::Correction::holm);
        return rows;
    };
    const auto share_of = [&](double one, double others, const auto& holds) {
        double share = 0.0;
        for (std::size_t i = 0; i < trials; ++i) {
            share += holds(run(one, others)) ? 1.0 / trials : 0.0;
        }
        return share;
    };
    const auto regressed = [](const verdict::CheckResult& row) {
        return row.status == verdict::Status::regressed;
    };
    const auto any = [&](const auto& rows) {
        return std::any_of(rows.begin(), rows.end(), regressed);
    };
    const auto all_pass = [](const auto& rows) {
        return std::all_of(rows.begin(), rows.end(), [](const verdict::CheckResult& row) {
            return row.status == verdict::Status::pass;
        });
    };
    const auto first = [&](const auto& rows) { return regressed(rows.front()); };
    check_agrees(share_of(0.0, 0.0, any), result.policy_power->blocked_unchanged, model_error);
    check_agrees(share_of(0.0, 0.0, all_pass), result.policy_power->passed_unchanged, model_error);
    for (std::size_t m = 0; m < 3; ++m) {
        const double drop = 0.02 * static_cast<double>(m + 1);
        INFO("a loss of " << drop);
        check_agrees(share_of(-drop, 0.0, first), result.rows[0].drops[m].blocked_in_run,
                     model_error);
        check_agrees(share_of(-drop, -drop, any), result.policy_power->drops[m].blocked,
                     model_error);
    }
}
