// Repeated runs: recorded values, paired or not, folds of one data set, one run against several.
#include <cmath>
#include <numeric>
#include <string>

#include "calibration/cells.h"
#include "calibration/evidence.h"

namespace metricgate::calibration {
namespace {

using evidence::Samples;

constexpr double loss = 0.5;

enum class Spread { normal, lognormal };

double draw(Random& random, Spread spread) {
    return spread == Spread::normal ? random.normal() : random.lognormal(0.5);
}

std::string named(Spread spread, const char* what) {
    return std::string(spread == Spread::normal ? "normal " : "lognormal(0.5) ") + what;
}

Cell cell(std::string evidence, const char* method, std::string size, double truth, Trial trial) {
    return {.evidence = std::move(evidence),
            .method = method,
            .size = std::move(size),
            .truth = truth,
            .trial = std::move(trial)};
}

std::vector<verdict::CheckResult> judged(const metrics::Metric& metric, const Samples& baseline,
                                         const Samples& candidate, const comparison::Margin& margin,
                                         const comparison::Options& options) {
    return {verdict::judge(rule_with(margin),
                           comparison::compare(metric, baseline, candidate, margin, options))};
}

/// Differences of paired runs, such as one a seed. So few of them do not show that they are skewed
/// to one side, which is why that row is measured without a goal.
Cell paired_cell(Spread spread, std::size_t runs) {
    Cell result =
        cell(named(spread, "differences of paired runs"), "paired_t",
             std::to_string(runs) + " pairs", -loss, [=](Random& random) {
                 const double centre = spread == Spread::normal ? 0.0 : std::exp(0.125);
                 Samples baseline;
                 Samples candidate;
                 for (std::size_t i = 0; i < runs; ++i) {
                     baseline.values.push_back(random.normal());
                     candidate.values.push_back(baseline.values.back() + loss +
                                                draw(random, spread) - centre);
                 }
                 comparison::Options options;
                 options.paired_runs = true;
                 return judged(value_mean(), baseline, candidate, absolute(loss), options);
             });
    result.goal = spread == Spread::normal ? Goal::margin_passes : Goal::none;
    return result;
}

std::vector<verdict::CheckResult> judged_folds(const Samples& baseline, const Samples& candidate,
                                               double margin) {
    const auto folds = static_cast<double>(baseline.values.size());
    comparison::Options options;
    options.paired_runs = true;
    options.test_train_ratio = 1.0 / (folds - 1.0);
    return judged(value_mean(), baseline, candidate, absolute(margin), options);
}

/// Differences of folds that correlate by what the correction assumes: the share of the data that
/// a fold tests on.
Cell correlated_folds(std::size_t folds) {
    return cell("folds whose differences correlate by 1 / folds", "corrected_t",
                std::to_string(folds) + " folds", -loss, [=](Random& random) {
                    const double correlation = 1.0 / static_cast<double>(folds);
                    const double common = std::sqrt(correlation) * random.normal();
                    Samples baseline;
                    Samples candidate;
                    for (std::size_t i = 0; i < folds; ++i) {
                        baseline.values.push_back(0.0);
                        candidate.values.push_back(loss + common +
                                                   std::sqrt(1.0 - correlation) * random.normal());
                    }
                    return judged_folds(baseline, candidate, loss);
                });
}

/// Cross-validation that is carried out: 100 numbers around 1 are predicted by the mean of the
/// other folds, and by 0.7 times that mean; the squared errors of the latter are larger.
Cell validated_folds(std::size_t folds) {
    constexpr std::size_t n = 100;
    constexpr double shrinkage = 0.7;
    const std::size_t tested = n / folds;
    const auto trained = static_cast<double>(n - tested);
    const double bias = 1.0 - shrinkage;
    const double worse = bias * bias + (shrinkage * shrinkage - 1.0) / trained;
    return cell("squared errors of a mean, cross-validated on 100 examples", "corrected_t",
                std::to_string(folds) + " folds", -worse, [=](Random& random) {
                    std::vector<double> values(n);
                    for (double& value : values) {
                        value = 1.0 + random.normal();
                    }
                    const double all = std::accumulate(values.begin(), values.end(), 0.0);
                    Samples baseline;
                    Samples candidate;
                    for (std::size_t fold = 0; fold < folds; ++fold) {
                        const auto first = values.begin() + static_cast<long>(fold * tested);
                        const auto last = first + static_cast<long>(tested);
                        const double mean = (all - std::accumulate(first, last, 0.0)) / trained;
                        const auto error = [&](double predicted) {
                            double sum = 0.0;
                            for (auto value = first; value != last; ++value) {
                                sum += (*value - predicted) * (*value - predicted);
                            }
                            return sum / static_cast<double>(tested);
                        };
                        baseline.values.push_back(error(mean));
                        candidate.values.push_back(error(shrinkage * mean));
                    }
                    return judged_folds(baseline, candidate, worse);
                });
}

/// The difference of two medians of runs is what the ranks estimate: the sides spread alike.
Cell rank_cell(Spread spread, std::size_t runs) {
    return cell(named(spread, "runs"), "mann_whitney", std::to_string(runs) + " runs a side", -loss,
                [=](Random& random) {
                    Samples baseline;
                    Samples candidate;
                    for (std::size_t i = 0; i < runs; ++i) {
                        baseline.values.push_back(draw(random, spread));
                        candidate.values.push_back(draw(random, spread) + loss);
                    }
                    return judged(value_mean(), baseline, candidate, absolute(loss),
                                  asking_for("mann_whitney"));
                });
}

/// Times that are 30 % longer, judged by the ratio of their geometric means.
Cell ratio_cell(std::size_t runs) {
    constexpr double growth = 0.3;
    metrics::Metric time = value_mean();
    time.statistic.clear();
    return cell("lognormal(0.5) times, margin rel: 30%", "log_ratio",
                std::to_string(runs) + " runs a side", 1.0 + growth, [=](Random& random) {
                    Samples baseline;
                    Samples candidate;
                    for (std::size_t i = 0; i < runs; ++i) {
                        baseline.values.push_back(random.lognormal(0.5));
                        candidate.values.push_back((1.0 + growth) * random.lognormal(0.5));
                    }
                    return judged(time, baseline, candidate, relative(growth),
                                  asking_for("log_ratio"));
                });
}

/// One run of the candidate against several of the baseline.
Cell single_cell(Spread spread, std::size_t runs) {
    return cell(named(spread, "runs, one of the candidate"), "prediction_interval",
                std::to_string(runs) + " runs of the baseline", -loss, [=](Random& random) {
                    Samples baseline;
                    for (std::size_t i = 0; i < runs; ++i) {
                        baseline.values.push_back(draw(random, spread));
                    }
                    evidence::Scalar candidate;
                    candidate.value = {support::NumberKind::finite, draw(random, spread) + loss};
                    return std::vector{verdict::judge(
                        rule_with(loss), comparison::compare(value_mean(), baseline, candidate,
                                                             absolute(loss), {}))};
                });
}

/// Medians of measurements on either side.
Cell median_cell(std::size_t runs) {
    metrics::Metric median = value_quantile(0.5);
    return cell("medians of lognormal(0.5) measurements", "order_statistics",
                std::to_string(runs) + " runs a side", -loss, [=](Random& random) {
                    Samples baseline;
                    Samples candidate;
                    for (std::size_t i = 0; i < runs; ++i) {
                        baseline.values.push_back(random.lognormal(0.5));
                        candidate.values.push_back(random.lognormal(0.5) + loss);
                    }
                    return judged(median, baseline, candidate, absolute(loss), {});
                });
}

}  // namespace

std::vector<Cell> run_cells() {
    std::vector<Cell> cells;
    for (const Spread spread : {Spread::normal, Spread::lognormal}) {
        for (const std::size_t runs : {3U, 5U, 10U}) {
            cells.push_back(paired_cell(spread, runs));
        }
        for (const std::size_t runs : {3U, 5U, 10U}) {
            cells.push_back(single_cell(spread, runs));
        }
        for (const std::size_t runs : {3U, 5U, 10U, 20U}) {
            cells.push_back(rank_cell(spread, runs));
        }
    }
    for (const std::size_t runs : {3U, 5U, 10U}) {
        cells.push_back(ratio_cell(runs));
    }
    for (const std::size_t runs : {10U, 30U, 100U}) {
        cells.push_back(median_cell(runs));
    }
    for (const std::size_t folds : {5U, 10U}) {
        cells.push_back(correlated_folds(folds));
        cells.push_back(validated_folds(folds));
    }
    for (Cell& cell : seed_cells()) {
        cells.push_back(std::move(cell));
    }
    return cells;
}

}  // namespace metricgate::calibration
