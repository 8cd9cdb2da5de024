#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "calibration/random.h"
#include "comparison/comparison.h"
#include "evidence/observed_column.h"
#include "metrics/metric.h"
#include "verdict/judge.h"

namespace metricgate::calibration {

/// The least number of examples that a policy asks for when it says nothing.
inline constexpr std::size_t default_min_examples = 30;

/// One run of the gate on freshly drawn evidence: its judged rows, before Holm.
using Trial = std::function<std::vector<verdict::CheckResult>(Random&)>;

/// How often things happened in `runs` runs.
struct Rates {
    std::size_t runs = 0;
    std::size_t judged = 0;         ///< the first row had an interval that may decide
    std::size_t understated = 0;    ///< judged, and the interval lies above the true change
    std::size_t overstated = 0;     ///< judged, and the interval lies below the true change
    std::size_t passed = 0;         ///< the first row
    std::size_t all_passed = 0;     ///< every row
    std::size_t any_regressed = 0;  ///< at least one row, after Holm
    std::size_t any_confirmed = 0;
    std::size_t violated = 0;     ///< the first row
    std::size_t above_noise = 0;  ///< the first row's distance is above its noise level

    [[nodiscard]] double share(std::size_t count) const {
        return static_cast<double>(count) / static_cast<double>(runs);
    }
};

/// Runs the trials 0 .. runs - 1 of the cell `name`; `truth` is the true change of the first row,
/// negative when worse, or the true ratio where sides are compared by it (lower is better).
Rates simulate(const std::string& name, const Trial& trial, double truth, std::size_t runs);

/// A metric of the catalog; `resolved` afterwards when it looks for a class.
metrics::Metric metric(const std::string& name);
/// A statistic of the value column "value" where lower is better: `mean`, or a quantile in (0, 1).
metrics::Metric value_mean();
metrics::Metric value_quantile(double quantile);

/// A blocking check with an absolute margin.
verdict::Rule rule_with(double margin);
verdict::Rule rule_with(const comparison::Margin& margin);
comparison::Margin absolute(double margin);
comparison::Margin relative(double share);

/// The policy's defaults, but for the method.
comparison::Options asking_for(const std::string& method);

/// Compares and judges one check on paired examples, with every default of the policy but the
/// method that is asked for.
verdict::CheckResult judge_examples(const metrics::Metric& metric,
                                    const evidence::Examples& examples, double margin,
                                    std::uint64_t seed, const std::string& method = "");
verdict::CheckResult judge_examples(const metrics::Metric& metric,
                                    const evidence::Examples& examples,
                                    const comparison::Margin& margin, std::uint64_t seed,
                                    const std::string& method = "");

/// The same where each side is examples of its own, in the candidate's columns.
verdict::CheckResult judge_different(const metrics::Metric& metric,
                                     const evidence::Examples& baseline,
                                     const evidence::Examples& candidate, double margin,
                                     std::uint64_t seed, const std::string& method = "");

/// Judges a distance between two columns against `maximum`.
verdict::CheckResult judge_columns(const metrics::Metric& metric,
                                   const evidence::ColumnSides& sides, double maximum,
                                   std::uint64_t seed);

}  // namespace metricgate::calibration
