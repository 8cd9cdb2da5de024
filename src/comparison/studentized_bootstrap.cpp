// Means by hash-weighted resamples, each judged by its own standard error: for skewed losses.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "comparison/columns.h"
#include "comparison/methods.h"
#include "comparison/resample.h"
#include "comparison/units.h"
#include "metrics/evaluate.h"
#include "stats/bootstrap.h"
#include "stats/means.h"

namespace metricgate::comparison {
namespace {

enum Column : std::size_t {
    weight,
    baseline,
    candidate,
    baseline_square,
    candidate_square,
    product
};
constexpr std::size_t columns = 6;

/// First and second moments of both sides' distances from their means in one resample.
struct Resample {
    double size = 0.0;
    double baseline = 0.0;
    double candidate = 0.0;
    double baseline_variance = 0.0;
    double candidate_variance = 0.0;
    double covariance = 0.0;

    /// (value - estimate) / own standard error of s * (candidate - factor * baseline).
    [[nodiscard]] double t(double orientation, double factor) const {
        const double variance =
            candidate_variance - 2.0 * factor * covariance + factor * factor * baseline_variance;
        const double distance = orientation * (candidate - factor * baseline);
        const double error = std::sqrt(std::max(0.0, variance) / (size - 1.0));
        if (error > 0.0) {
            return distance / error;
        }
        // A resample without spread lies infinitely far off, or tells nothing.
        return distance == 0.0 ? std::numeric_limits<double>::quiet_NaN()
                               : std::copysign(std::numeric_limits<double>::infinity(), distance);
    }
};

struct Centered {
    std::vector<double> values;
    double mean = 0.0;
    std::string problem;
};

Centered centered(const metrics::Metric& metric, const evidence::Examples& examples,
                  evidence::Side side, const evidence::Rows& rows) {
    metrics::Terms terms = metrics::terms_of(metric, examples, side, rows);
    if (!terms.problem.empty()) {
        return {{}, 0.0, terms.problem};
    }
    for (const double value : terms.values) {
        if (!std::isfinite(value)) {
            return {{}, 0.0, "a term of the metric is not a finite number"};
        }
    }
    const double mean = stats::paired_mean(terms.values).mean;
    for (double& value : terms.values) {
        value -= mean;
    }
    return {std::move(terms.values), mean, ""};
}

/// What every example adds to the sums, in fixed point.
struct Data {
    UnitAmounts units;
    std::vector<FixedPoint> scales;
};

void add_column(Data& data, std::size_t column, const std::vector<double>& values) {
    double largest = 0.0;
    for (const double value : values) {
        largest = std::max(largest, std::abs(value));
    }
    const FixedPoint scale(largest, values.size());
    data.scales.push_back(scale);
    for (std::size_t i = 0; i < values.size(); ++i) {
        data.units.amounts[i * columns + column] = scale.of(values[i]);
    }
}

std::vector<double> products(const std::vector<double>& left, const std::vector<double>& right) {
    std::vector<double> result(left.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
        result[i] = left[i] * right[i];
    }
    return result;
}

Resample resample_of(const Data& data, const std::vector<std::int64_t>& sums, std::size_t stride,
                     std::size_t r) {
    const auto sum = [&](std::size_t column) {
        return data.scales[column].back(sums[column * stride + r]);
    };
    Resample one;
    one.size = sum(weight);
    const auto mean = [&](std::size_t column) { return sum(column) / one.size; };
    one.baseline = mean(baseline);
    one.candidate = mean(candidate);
    one.baseline_variance = mean(baseline_square) - one.baseline * one.baseline;
    one.candidate_variance = mean(candidate_square) - one.candidate * one.candidate;
    one.covariance = mean(product) - one.baseline * one.candidate;
    return one;
}

}  // namespace

std::string studentized_bootstrap_applies(const metrics::Metric& metric,
                                          const evidence::Examples& examples) {
    const auto* moments = std::get_if<metrics::MomentsForm>(&metric.definition->form);
    if (moments == nullptr || moments->combine != nullptr) {
        return "it needs a metric that is a mean over examples";
    }
    if (is_weighted(examples)) {
        return "it does not weigh examples";
    }
    if (is_clustered(examples)) {
        return "it takes examples as independent, and these are clustered";
    }
    return weighted_bootstrap_applies(metric, examples);
}

void run_studentized_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows, const Margin& margin,
                               const Options& options, Comparison& out) {
    const Centered of_baseline = centered(metric, examples, evidence::Side::baseline, rows);
    const Centered of_candidate = centered(metric, examples, evidence::Side::candidate, rows);
    if (!of_baseline.problem.empty() || !of_candidate.problem.empty()) {
        out.problem = of_baseline.problem.empty() ? of_candidate.problem : of_baseline.problem;
        return;
    }
    Data data;
    data.units.hashes = units_of(examples, rows).hashes;
    data.units.columns = columns;
    data.units.amounts.assign(rows.size() * columns, 0);
    add_column(data, weight, std::vector<double>(rows.size(), 1.0));
    add_column(data, baseline, of_baseline.values);
    add_column(data, candidate, of_candidate.values);
    add_column(data, baseline_square, products(of_baseline.values, of_baseline.values));
    add_column(data, candidate_square, products(of_candidate.values, of_candidate.values));
    add_column(data, product, products(of_baseline.values, of_candidate.values));

    std::vector<Resample> drawn;
    Resampling resampling;
    resampling.draw = [&](std::size_t first, std::size_t count, Replicates& into) {
        std::vector<std::int64_t> sums;
        for (std::size_t begin = 0; begin < count; begin += tile) {
            const std::size_t size = std::min(tile, count - begin);
            resample_sums(data.units, options.seed, first + begin, size, sums);
            for (std::size_t r = 0; r < size; ++r) {
                const Resample one = resample_of(data, sums, size, r);
                // Resamples of equal differences have no standard error of their own.
                if (!(one.size > 1.0) || !std::isfinite(one.t(1.0, 1.0))) {
                    ++into.undefined;
                    continue;
                }
                drawn.push_back(one);
                into.baseline.push_back(of_baseline.mean + one.baseline);
                into.candidate.push_back(of_candidate.mean + one.candidate);
            }
        }
    };
    const double s = metric.orientation();
    std::map<double, double> errors;  // by factor; each is asked for at many levels
    const auto error_of = [&](double factor) {
        const auto known = errors.find(factor);
        if (known != errors.end()) {
            return known->second;
        }
        std::vector<double> differences(of_baseline.values.size());
        for (std::size_t i = 0; i < differences.size(); ++i) {
            differences[i] = of_candidate.values[i] - factor * of_baseline.values[i];
        }
        return errors[factor] = stats::paired_mean(differences).standard_error;
    };
    const auto studentized = [&](std::span<double> /*replicates*/, double estimate, double factor,
                                 double confidence) {
        std::vector<double> t;
        t.reserve(drawn.size());
        for (const Resample& one : drawn) {
            t.push_back(one.t(s, factor));
        }
        return stats::studentized_interval(estimate, error_of(factor), t, confidence);
    };
    judge_resampled(metric, examples, rows, margin, options, std::move(resampling), studentized,
                    out);
}

}  // namespace metricgate::comparison
