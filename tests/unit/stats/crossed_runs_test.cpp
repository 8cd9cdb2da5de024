#include "stats/crossed_runs.h"

#include <cmath>
#include <vector>

#include "stats/distributions.h"
#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::stats;

namespace {

using Runs = std::vector<std::vector<double>>;

constexpr double expected_of_mean = 0.04861111111111111;
constexpr double expected_residual = 0.020833333333333332;

double normal(Stream& stream) {
    return normal_quantile(stream.uniform());
}

struct Spread {
    double examples;  ///< of an example's difference between the models
    double runs;
    double noise;  ///< of one example in one run
};

/// Runs of one model on shared examples, whose difficulty both models see.
Runs draw(Stream& stream, std::size_t runs, const std::vector<double>& difficulty,
          const Spread& spread) {
    std::vector<double> own(difficulty.size());
    for (double& value : own) {
        value = spread.examples / std::sqrt(2.0) * normal(stream);
    }
    Runs result(runs, std::vector<double>(difficulty.size()));
    for (auto& run : result) {
        const double seed = spread.runs * normal(stream);
        for (std::size_t i = 0; i < run.size(); ++i) {
            run[i] = difficulty[i] + own[i] + seed + spread.noise * normal(stream);
        }
    }
    return result;
}

std::vector<double> means_of(const Runs& runs) {
    std::vector<double> means;
    for (const auto& run : runs) {
        means.push_back(paired_mean(run).mean);
    }
    return means;
}

std::vector<double> over_runs(const Runs& runs) {
    std::vector<double> means(runs.front().size());
    std::vector<double> of_example(runs.size());
    for (std::size_t i = 0; i < means.size(); ++i) {
        for (std::size_t r = 0; r < runs.size(); ++r) {
            of_example[r] = runs[r][i];
        }
        means[i] = paired_mean(of_example).mean;
    }
    return means;
}

struct Missed {
    int with_runs = 0;
    int without = 0;
};

/// How many of 2,000 90 % intervals of no difference miss it, with and without the runs' variance.
Missed missed(std::size_t examples, std::size_t candidate_runs, std::size_t baseline_runs,
              const Spread& spread) {
    Stream stream(20261125);
    Missed count;
    for (int trial = 0; trial < 2000; ++trial) {
        std::vector<double> difficulty(examples);
        for (double& value : difficulty) {
            value = normal(stream);
        }
        const Runs candidate = draw(stream, candidate_runs, difficulty, spread);
        const Runs baseline = draw(stream, baseline_runs, difficulty, spread);
        std::vector<double> differences = over_runs(candidate);
        const std::vector<double> before = over_runs(baseline);
        for (std::size_t i = 0; i < examples; ++i) {
            differences[i] -= before[i];
        }
        const MeanEstimate plain = paired_mean(differences);
        const Interval narrow = plain.interval(0.95);
        const Interval wide = with_runs(plain, run_variance(candidate, means_of(candidate)),
                                        run_variance(baseline, means_of(baseline)), 1.0)
                                  .interval(0.95);
        count.without += narrow.lower > 0.0 || narrow.upper < 0.0 ? 1 : 0;
        count.with_runs += wide.lower > 0.0 || wide.upper < 0.0 ? 1 : 0;
    }
    return count;
}

}  // namespace

TEST_CASE("the runs' variance is that of the two-way layout", "[stats]") {
    // Three runs, four examples. NumPy 2.4.6: Y.mean(1).var(ddof=1) / 3, and the mean square of
    // Y - row means - column means + mean, with 2 * 3 degrees of freedom, over 12.
    const Runs runs = {{1.0, 2.0, 4.0, 3.0}, {2.0, 2.5, 5.0, 3.5}, {1.5, 1.0, 4.5, 4.0}};
    const RunVariance variance = run_variance(runs, means_of(runs));
    CHECK_THAT(variance.of_mean, WithinAbs(expected_of_mean, 1e-14));
    CHECK_THAT(variance.residual, WithinAbs(expected_residual, 1e-14));
    CHECK_THAT(variance.own(), WithinAbs(expected_of_mean - expected_residual, 1e-14));
}

TEST_CASE("runs that differ by less than their examples' noise add nothing", "[stats]") {
    const Runs runs = {{1.0, 0.0}, {0.0, 1.0}};
    CHECK(run_variance(runs, means_of(runs)).own() == 0.0);
    CHECK(run_variance(Runs{{1.0, 2.0}}, std::vector<double>{1.5}).own() == 0.0);
}

TEST_CASE("intervals over runs and examples cover, where those without the runs do not",
          "[stats]") {
    // 2,000 trials at 90 %: 200 misses, three standard deviations are 40.
    const Missed noisy = missed(60, 5, 5, {1.0, 0.3, 1.0});
    CAPTURE(noisy.with_runs, noisy.without);
    CHECK(noisy.with_runs <= 240);
    CHECK(noisy.with_runs >= 80);
    CHECK(noisy.without > 400);
    const Missed few = missed(200, 3, 3, {1.0, 0.2, 1.0});
    CAPTURE(few.with_runs, few.without);
    CHECK(few.with_runs <= 240);
    CHECK(few.without > 400);
    const Missed quiet = missed(60, 5, 5, {1.0, 0.0, 1.0});
    CAPTURE(quiet.with_runs, quiet.without);
    CHECK(quiet.with_runs <= 240);
    CHECK(quiet.with_runs >= 80);
}

TEST_CASE("a single run is taken to vary as the other side's runs", "[stats]") {
    const Missed single = missed(60, 1, 5, {1.0, 0.3, 1.0});
    CAPTURE(single.with_runs, single.without);
    CHECK(single.with_runs <= 240);
    CHECK(single.without > 400);
}
