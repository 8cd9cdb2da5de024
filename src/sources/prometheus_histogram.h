#pragma once

#include <optional>
#include <string>
#include <vector>

namespace metricgate::sources {

/// A bucket of a classic histogram: how many observations were at most `bound`.
struct HistogramBucket {
    double bound = 0;  ///< infinity for the last
    double count = 0;
};

/// A quantile that buckets allow to tell, and the bucket that it lies in.
struct BucketQuantile {
    double value = 0;  ///< by linear interpolation, as Prometheus' histogram_quantile does
    double low = 0;
    double high = 0;
};

/// What is wrong with buckets, or nothing: the last bound must be infinite, counts must not fall.
std::optional<std::string> flaw_of_buckets(const std::vector<HistogramBucket>& buckets);

/// The quantile `q` of sound buckets with at least one observation. Nothing where the bucket has no
/// second bound: above the highest finite one, and at or below a lowest one that is not positive.
std::optional<BucketQuantile> bucket_quantile(double q,
                                              const std::vector<HistogramBucket>& buckets);

}  // namespace metricgate::sources
