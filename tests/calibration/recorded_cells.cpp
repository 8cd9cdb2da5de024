// Percentiles of latencies, repeated runs, and two recorded numbers.
#include <cmath>
#include <numeric>

#include "calibration/cells.h"
#include "calibration/evidence.h"
#include "stats/distributions.h"
#include "support/number.h"

namespace metricgate::calibration {
namespace {

std::vector<verdict::CheckResult> judged(const comparison::Comparison& comparison, double margin) {
    return {verdict::judge(rule_with(margin), comparison)};
}

/// Lognormal(0.5) latencies, 5 % slower throughout; the slow examples are mostly the same ones.
Cell percentile_cell(double p, std::size_t n) {
    constexpr double sigma = 0.5;
    constexpr double growth = 0.05;
    const double loss = growth * std::exp(sigma * stats::normal_quantile(p));
    return {.evidence = "p" + support::format_short(100.0 * p) + " of lognormal(0.5) latencies",
            .method = "order_statistics",
            .size = std::to_string(n),
            .truth = -loss,
            .trial = [=](Random& random) {
                std::vector<double> baseline(n);
                std::vector<double> candidate(n);
                for (std::size_t i = 0; i < n; ++i) {
                    const double common = std::sqrt(0.5) * random.normal();
                    const auto latency = [&] {
                        return std::exp(sigma * (common + std::sqrt(0.5) * random.normal()));
                    };
                    baseline[i] = latency();
                    candidate[i] = (1.0 + growth) * latency();
                }
                return std::vector{judge_examples(
                    value_quantile(p), with_values(std::move(baseline), std::move(candidate)), loss,
                    0)};
            }};
}

enum class Runs { normal, lognormal };

Cell welch_cell(Runs kind, std::size_t runs) {
    constexpr double loss = 0.5;
    const auto draw = [kind](Random& random) {
        return kind == Runs::normal ? random.normal() : random.lognormal(0.5);
    };
    return {.evidence = kind == Runs::normal ? "normal runs" : "lognormal(0.5) runs",
            .method = "welch",
            .size = std::to_string(runs) + " runs a side",
            .truth = -loss,
            .trial = [=](Random& random) {
                evidence::Samples baseline;
                evidence::Samples candidate;
                for (std::size_t i = 0; i < runs; ++i) {
                    baseline.values.push_back(draw(random));
                    candidate.values.push_back(draw(random) + loss);
                }
                return judged(comparison::compare(value_mean(), baseline, candidate, absolute(loss),
                                                  comparison::Options{}),
                              loss);
            }};
}

evidence::Scalar recorded(double value, std::size_t n) {
    evidence::Scalar scalar;
    scalar.value = {support::NumberKind::finite, value};
    scalar.n = n;
    return scalar;
}

Cell share_cell(const char* method, double accuracy, std::size_t n) {
    constexpr double loss = 0.02;
    return {.evidence = "recorded accuracies near " + support::format_short(accuracy),
            .method = method,
            .size = std::to_string(n) + " a side",
            .truth = -loss,
            .trial = [=](Random& random) {
                const auto draw = [&](double share) {
                    std::size_t hits = 0;
                    for (std::size_t i = 0; i < n; ++i) {
                        hits += random.chance(share) ? 1U : 0U;
                    }
                    return recorded(static_cast<double>(hits) / static_cast<double>(n), n);
                };
                const evidence::Scalar baseline = draw(accuracy);
                return judged(
                    comparison::compare(metric("accuracy"), baseline, draw(accuracy - loss),
                                        absolute(loss), asking_for(method)),
                    loss);
            }};
}

/// Recorded events over one hour, such as errors; the candidate has one more in ten.
Cell event_cell(double events) {
    const double loss = 0.1 * events;
    return {.evidence = "about " + support::format_short(events) + " recorded events",
            .method = "poisson",
            .size = "1 hour a side",
            .truth = -loss,
            .trial = [=](Random& random) {
                // Arrivals until the hour is over.
                const auto draw = [&](double rate) {
                    std::uint64_t count = 0;
                    for (double time = 0.0;; ++count) {
                        time -= std::log1p(-random.uniform()) / rate;
                        if (time > 1.0) {
                            break;
                        }
                    }
                    evidence::Scalar scalar = recorded(static_cast<double>(count), count);
                    scalar.n.reset();
                    scalar.events = count;
                    scalar.exposure = 1.0;
                    return scalar;
                };
                const evidence::Scalar baseline = draw(events);
                return judged(comparison::compare(value_mean(), baseline, draw(events + loss),
                                                  absolute(loss), comparison::Options{}),
                              loss);
            }};
}

/// A mean of n normal losses and its standard error, as a file records them.
Cell z_cell(std::size_t n) {
    constexpr double loss = 0.1;
    return {
        .evidence = "recorded means of normal losses with standard errors",
        .method = "z",
        .size = std::to_string(n) + " a side",
        .truth = -loss,
        .trial = [=](Random& random) {
            const auto draw = [&](double mean) {
                double sum = 0.0;
                double squares = 0.0;
                for (std::size_t i = 0; i < n; ++i) {
                    const double value = random.normal();
                    sum += value;
                    squares += value * value;
                }
                const auto count = static_cast<double>(n);
                const double variance = (squares - sum * sum / count) / (count - 1.0);
                evidence::Scalar scalar = recorded(mean + sum / count, n);
                scalar.standard_error = {support::NumberKind::finite, std::sqrt(variance / count)};
                return scalar;
            };
            const evidence::Scalar baseline = draw(0.0);
            return judged(comparison::compare(value_mean(), baseline, draw(loss), absolute(loss),
                                              comparison::Options{}),
                          loss);
        }};
}

}  // namespace

std::vector<Cell> recorded_cells() {
    std::vector<Cell> cells;
    for (const auto& [p, n] :
         {std::pair(0.5, 50U), std::pair(0.95, 50U), std::pair(0.95, 200U), std::pair(0.95, 1000U),
          std::pair(0.99, 200U), std::pair(0.99, 1000U)}) {
        cells.push_back(percentile_cell(p, n));
    }
    for (const Runs kind : {Runs::normal, Runs::lognormal}) {
        for (const std::size_t runs : {3U, 5U, 10U}) {
            cells.push_back(welch_cell(kind, runs));
        }
    }
    for (const double accuracy : {0.95, 0.9, 0.5}) {
        for (const std::size_t n : {50U, 200U, 1000U}) {
            cells.push_back(share_cell("newcombe", accuracy, n));
            cells.push_back(share_cell("miettinen_nurminen", accuracy, n));
        }
    }
    for (const std::size_t n : {50U, 200U}) {
        cells.push_back(z_cell(n));
    }
    for (const double events : {10.0, 100.0, 1000.0}) {
        cells.push_back(event_cell(events));
    }
    return cells;
}

}  // namespace metricgate::calibration
