#include "sources/prometheus_buckets.h"

#include <cmath>

#include "support/text.h"

namespace metricgate::sources {

using support::NumberKind;

std::optional<double> gain_of(const PrometheusSeries& series) {
    if (series.points.empty()) {
        return std::nullopt;
    }
    double gain = 0;
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        const auto& value = series.points[i].value;
        if (value.kind != NumberKind::finite) {
            return std::nullopt;
        }
        if (series.points.size() == 1) {
            return value.value;
        }
        const double before = i == 0 ? value.value : series.points[i - 1].value.value;
        gain += value.value >= before ? value.value - before : value.value;
    }
    return gain;
}

std::optional<std::string> read_buckets(const PrometheusHistogram& histogram,
                                        std::vector<HistogramBucket>& buckets,
                                        std::string& bounds) {
    const PrometheusSeries& first = *histogram.buckets.front().second;
    for (const auto& [bound, series] : histogram.buckets) {
        const auto gain = series->flaw ? std::nullopt : gain_of(*series);
        if (std::isnan(bound) || !gain) {
            return "has a bucket that is no number";
        }
        if (!buckets.empty() && buckets.back().bound == bound) {
            return "has the bucket le=\"" + support::visible(series->labels.at("le")) + "\" twice";
        }
        if (series->points.size() != first.points.size() ||
            series->points.front().time != first.points.front().time ||
            series->points.back().time != first.points.back().time) {
            return "has buckets that were not observed at the same times";
        }
        buckets.push_back({bound, *gain});
        bounds += (bounds.empty() ? "" : ", ") +
                  (std::isinf(bound) ? std::string("+Inf") : support::format_exact(bound));
    }
    if (auto flaw = flaw_of_buckets(buckets)) {
        return flaw;
    }
    const auto count = histogram.count == nullptr ? std::optional(buckets.back().count)
                                                  : gain_of(*histogram.count);
    if (count != buckets.back().count) {
        return "has a count that is not that of its bucket le=\"+Inf\"";
    }
    return std::nullopt;
}

}  // namespace metricgate::sources
