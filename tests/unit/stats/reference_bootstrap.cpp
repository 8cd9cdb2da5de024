// Reference cases of bootstrap intervals: resamples of our own against the mean of R's.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "stats/bootstrap.h"
#include "stats/correlation.h"
#include "stats/quantiles.h"
#include "stats/random.h"
#include "support/catch.h"
#include "unit/stats/reference_case.h"

namespace metricgate::stats::reference {

namespace {

constexpr std::size_t replicates = 20000;

using Rows = std::vector<std::size_t>;

/// A statistic of listed rows; strata are resampled apart.
struct Problem {
    std::vector<std::size_t> strata;  ///< sizes, in the order of the rows
    std::function<double(const Rows&)> value;
    std::function<double(const Rows&)> variance;  ///< none: not studentized
    double step = 0.0;                            ///< of a lattice-valued statistic
};

double mean_at(const std::vector<double>& x, const Rows& rows) {
    double sum = 0.0;
    for (const std::size_t row : rows) {
        sum += x[row];
    }
    return sum / static_cast<double>(rows.size());
}

std::vector<double> at(const std::vector<double>& x, const Rows& rows) {
    std::vector<double> values;
    for (const std::size_t row : rows) {
        values.push_back(x[row]);
    }
    return values;
}

/// Sum of squared distances from the mean.
double spread_at(const std::vector<double>& x, const Rows& rows) {
    const double mean = mean_at(x, rows);
    double sum = 0.0;
    for (const std::size_t row : rows) {
        sum += (x[row] - mean) * (x[row] - mean);
    }
    return sum;
}

Problem ratio(const std::vector<double>& u, const std::vector<double>& x) {
    const auto value = [u, x](const Rows& rows) { return mean_at(x, rows) / mean_at(u, rows); };
    return {{u.size()},
            value,
            [u, x, value](const Rows& rows) {
                const double ratio = value(rows);
                const double center = mean_at(u, rows);
                const auto n = static_cast<double>(rows.size());
                double sum = 0.0;
                for (const std::size_t row : rows) {
                    const double part = (x[row] - ratio * u[row]) / center;
                    sum += part * part;
                }
                return sum / (n * n);
            },
            0.0};
}

Problem mean_of(const std::vector<double>& x, double step) {
    Problem problem{{x.size()}, [x](const Rows& rows) { return mean_at(x, rows); }, nullptr, step};
    return problem;
}

Problem median_of(const std::vector<double>& x) {
    // The replicates are medians of 12 values, so neighbours of a bound lie at most 13 apart.
    return {{x.size()},
            [x](const Rows& rows) {
                std::vector<double> values = at(x, rows);
                std::ranges::sort(values);
                return quantile_sorted(values, 0.5);
            },
            nullptr,
            13.0};
}

Problem two_means(const std::vector<double>& first, const std::vector<double>& second) {
    std::vector<double> all = first;
    all.insert(all.end(), second.begin(), second.end());
    const std::size_t size = first.size();
    const auto split = [size](const Rows& rows) {
        return std::pair(
            Rows(rows.begin(),
                 std::ranges::find_if(rows, [&](std::size_t row) { return row >= size; })),
            Rows(std::ranges::find_if(rows, [&](std::size_t row) { return row >= size; }),
                 rows.end()));
    };
    return {{first.size(), second.size()},
            [all, split](const Rows& rows) {
                const auto [left, right] = split(rows);
                return mean_at(all, right) - mean_at(all, left);
            },
            [all, split](const Rows& rows) {
                const auto [left, right] = split(rows);
                const auto variance = [&](const Rows& part) {
                    const auto n = static_cast<double>(part.size());
                    return spread_at(all, part) / (n - 1.0) / n;
                };
                return variance(left) + variance(right);
            },
            1.0 / 13.0};
}

Problem problem_of(const Case& c) {
    if (c.id() == "city.ratio") {
        return ratio(c.numbers("u"), c.numbers("x"));
    }
    if (c.id() == "aircondit.mean") {
        const std::vector<double> x = c.numbers("x");
        Problem problem = mean_of(x, 0.0);
        problem.variance = [x](const Rows& rows) {
            const auto n = static_cast<double>(rows.size());
            return spread_at(x, rows) / (n * n);
        };
        return problem;
    }
    if (c.id() == "law.correlation") {
        const std::vector<double> x = c.numbers("LSAT");
        const std::vector<double> y = c.numbers("GPA");
        return {{x.size()},
                [x, y](const Rows& rows) { return pearson(at(x, rows), at(y, rows)).value_or(0); },
                nullptr,
                0.0};
    }
    if (c.id() == "aircondit.median") {
        return median_of(c.numbers("x"));
    }
    if (c.id() == "paired_correctness.n60") {
        return mean_of(c.numbers("d"), 1.0 / 60.0);
    }
    REQUIRE(c.id() == "gravity.series8_minus_7");
    return two_means(c.numbers("series7"), c.numbers("series8"));
}

Rows all_rows(const Problem& problem) {
    Rows rows(std::accumulate(problem.strata.begin(), problem.strata.end(), std::size_t{0}));
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
}

Rows resampled(const Problem& problem, Stream& stream) {
    Rows rows;
    std::size_t first = 0;
    for (const std::size_t size : problem.strata) {
        for (std::size_t i = 0; i < size; ++i) {
            rows.push_back(first + stream.below(size));
        }
        first += size;
    }
    return rows;
}

std::vector<double> leave_one_out(const Problem& problem) {
    const Rows all = all_rows(problem);
    std::vector<double> values;
    for (std::size_t out = 0; out < all.size(); ++out) {
        Rows rows = all;
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(out));
        values.push_back(problem.value(rows));
    }
    return values;
}

}  // namespace

void check_bootstrap(Case& c) {
    const Problem problem = problem_of(c);
    const double estimate = problem.value(all_rows(problem));
    const std::vector<double> left_out = leave_one_out(problem);
    const double accelerated = acceleration(left_out);
    c.expect("estimate", estimate);
    c.expect("acceleration_jack_meancentred", accelerated);
    // Of strata the reference takes the one-sample formula over pooled (n_s - 1) (mean - value).
    const double pooled = problem.strata.size() > 1
                              ? static_cast<double>(problem.strata.front() - 1) /
                                    static_cast<double>(left_out.size() - 1)
                              : 1.0;
    c.expect("jackknife_se", pooled * jackknife_standard_error(left_out));
    Stream stream(20260101);
    std::vector<double> values;
    std::vector<double> t;
    for (std::size_t r = 0; r < replicates; ++r) {
        const Rows rows = resampled(problem, stream);
        values.push_back(problem.value(rows));
        if (problem.variance) {
            const double variance = problem.variance(rows);
            if (variance > 0.0) {
                t.push_back((values.back() - estimate) / std::sqrt(variance));
            }
        }
    }
    const auto simulated = [&](const std::string& key, const std::vector<double>& actual) {
        c.expect_simulated(key, actual, problem.step, static_cast<double>(replicates));
    };
    const auto ends = [](const Interval& interval) {
        return std::vector<double>{interval.lower, interval.upper};
    };
    simulated("boot_se", {sample_standard_deviation(values)});
    simulated("bias", {std::accumulate(values.begin(), values.end(), 0.0) /
                           static_cast<double>(values.size()) -
                       estimate});
    simulated("z0_midrank", {bias_correction(estimate, values)});
    for (const auto& [suffix, confidence] : {std::pair("_90", 0.95), std::pair("_95", 0.975)}) {
        simulated(std::string("normal") + suffix,
                  ends(normal_interval(estimate, values, confidence)));
        simulated(std::string("basic") + suffix,
                  ends(basic_interval(estimate, values, confidence)));
        simulated(std::string("percentile") + suffix,
                  ends(percentile_interval(values, confidence)));
        simulated(std::string("bca_midrank_type7") + suffix,
                  ends(bca_interval(estimate, values, accelerated, confidence)));
        if (problem.variance) {
            const double error = std::sqrt(problem.variance(all_rows(problem)));
            simulated(std::string("studentized") + suffix,
                      ends(studentized_interval(estimate, error, t, confidence)));
        }
    }
}

}  // namespace metricgate::stats::reference
