#include "stats/crossed_runs.h"

#include <algorithm>
#include <cmath>

#include "stats/exact_sum.h"

namespace metricgate::stats {
namespace {

double sample_variance(std::span<const double> values) {
    const double error = paired_mean(values).standard_error;
    return error * error * static_cast<double>(values.size());
}

/// Mean square of what neither the run nor the example explains.
double interaction(std::span<const std::vector<double>> runs, std::span<const double> means) {
    const std::size_t examples = runs.front().size();
    const auto count = static_cast<double>(runs.size());
    const double overall = paired_mean(means).mean;
    ExactSum squares;
    std::vector<double> of_example(runs.size());
    for (std::size_t i = 0; i < examples; ++i) {
        for (std::size_t r = 0; r < runs.size(); ++r) {
            of_example[r] = runs[r][i];
        }
        const double mean = paired_mean(of_example).mean;
        for (std::size_t r = 0; r < runs.size(); ++r) {
            const double rest = of_example[r] - mean - means[r] + overall;
            squares.add(rest * rest);
        }
    }
    return squares.value() / ((count - 1.0) * (static_cast<double>(examples) - 1.0));
}

/// One term of the variance: how much, and with how many degrees of freedom it is known.
struct Part {
    double variance = 0.0;
    double known_by = 0.0;  ///< variance whose square over the degrees enters the approximation
    double degrees = 0.0;
};

}  // namespace

double RunVariance::own() const {
    return std::max(0.0, of_mean - residual);
}

RunVariance run_variance(std::span<const std::vector<double>> runs, std::span<const double> means) {
    RunVariance variance = run_variance(means);
    if (runs.size() < 2 || runs.front().size() < 2) {
        return variance;
    }
    variance.residual = interaction(runs, means) / (static_cast<double>(runs.size()) *
                                                    static_cast<double>(runs.front().size()));
    return variance;
}

RunVariance run_variance(std::span<const double> means) {
    RunVariance variance;
    variance.runs = means.size();
    if (means.size() >= 2) {
        variance.of_mean = sample_variance(means) / static_cast<double>(means.size());
    }
    return variance;
}

MeanEstimate with_runs(const MeanEstimate& over_examples, const RunVariance& candidate,
                       const RunVariance& baseline, double factor) {
    std::vector<Part> parts = {{over_examples.standard_error * over_examples.standard_error,
                                over_examples.standard_error * over_examples.standard_error,
                                over_examples.degrees_of_freedom}};
    const auto add = [&parts](const RunVariance& runs, double share) {
        parts.push_back(
            {share * runs.own(), share * runs.of_mean, static_cast<double>(runs.runs) - 1.0});
    };
    const double squared = factor * factor;
    if (candidate.runs >= 2 && baseline.runs >= 2) {
        add(candidate, 1.0);
        add(baseline, squared);
    } else if (baseline.runs >= 2) {
        add(baseline, squared + static_cast<double>(baseline.runs));
    } else if (candidate.runs >= 2) {
        add(candidate, 1.0 + squared * static_cast<double>(candidate.runs));
    }
    double variance = 0.0;
    double spread = 0.0;
    for (const Part& part : parts) {
        variance += part.variance;
        if (std::isfinite(part.degrees) && part.degrees > 0.0) {
            spread += part.known_by * part.known_by / part.degrees;
        }
    }
    MeanEstimate estimate = over_examples;
    if (variance > 0.0 && std::isfinite(variance) && spread > 0.0) {
        estimate.standard_error = std::sqrt(variance);
        estimate.degrees_of_freedom = std::max(1.0, variance * variance / spread);
    }
    return estimate;
}

}  // namespace metricgate::stats
