#pragma once

#include <array>
#include <string>

#include "comparison/replicates.h"

namespace metricgate::comparison {

/// What stands in the two roles: usually baseline and candidate; one side alone stands in both.
using BothSides = std::array<evidence::Side, 2>;
inline constexpr BothSides both_sides = {evidence::Side::baseline, evidence::Side::candidate};

/// A draw of hash-weighted resamples of both sides, one kind of sufficient statistic a function;
/// `problem` says why there is none. Weighted and clustered evidence included. The examples must
/// outlive the draw.
struct Resampling {
    Draw draw;
    std::string problem;
};

Resampling resample_moments(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& rows, std::uint64_t seed,
                            const BothSides& sides = both_sides);
Resampling resample_cells(const metrics::Metric& metric, const evidence::Examples& examples,
                          const evidence::Rows& rows, std::uint64_t seed,
                          const BothSides& sides = both_sides);
Resampling resample_ranks(const metrics::Metric& metric, const evidence::Examples& examples,
                          const evidence::Rows& rows, std::uint64_t seed,
                          const BothSides& sides = both_sides);
Resampling resample_quantile(const metrics::Metric& metric, const evidence::Examples& examples,
                             const evidence::Rows& rows, std::uint64_t seed,
                             const BothSides& sides = both_sides);

/// The resampling that fits the metric's form.
Resampling resample(const metrics::Metric& metric, const evidence::Examples& examples,
                    const evidence::Rows& rows, std::uint64_t seed,
                    const BothSides& sides = both_sides);

/// Judges by such resamples, with the percentile interval (none given) or another one: no narrower
/// than the jackknife's of functions of means, farther out for few units, and with no pass where
/// the examples are too few for what they show.
void judge_resampled(const metrics::Metric& metric, const evidence::Examples& examples,
                     const evidence::Rows& rows, const Margin& margin, const Options& options,
                     Resampling resampling, ReplicateInterval interval, Comparison& out);

/// Replicates that are worked on at a time.
inline constexpr std::size_t tile = 64;

}  // namespace metricgate::comparison
