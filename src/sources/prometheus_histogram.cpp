#include "sources/prometheus_histogram.h"

#include <cmath>

namespace metricgate::sources {

std::optional<std::string> flaw_of_buckets(const std::vector<HistogramBucket>& buckets) {
    if (buckets.size() < 2 || !std::isinf(buckets.back().bound)) {
        return "has no bucket le=\"+Inf\" above another one";
    }
    double before = 0;
    for (const HistogramBucket& bucket : buckets) {
        const bool rises = std::isfinite(bucket.count) && bucket.count >= before;
        if (!rises) {
            return "has a bucket with fewer observations than the one below it";
        }
        before = bucket.count;
    }
    if (!(buckets.back().count > 0)) {
        return "has no observation";
    }
    return std::nullopt;
}

std::optional<BucketQuantile> bucket_quantile(double q,
                                              const std::vector<HistogramBucket>& buckets) {
    const double rank = q * buckets.back().count;
    std::size_t at = 0;
    while (at + 1 < buckets.size() && buckets[at].count < rank) {
        ++at;
    }
    const bool has_two_bounds = at + 1 < buckets.size() && (at > 0 || buckets[0].bound > 0);
    if (!has_two_bounds) {
        return std::nullopt;
    }
    BucketQuantile quantile;
    quantile.low = at == 0 ? 0 : buckets[at - 1].bound;
    quantile.high = buckets[at].bound;
    const double below = at == 0 ? 0 : buckets[at - 1].count;
    const double inside = buckets[at].count - below;
    const double share = inside > 0 ? (rank - below) / inside : 0;
    quantile.value = quantile.low + (quantile.high - quantile.low) * share;
    return quantile;
}

}  // namespace metricgate::sources
