#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/change_points.h"
#include "stats/control_charts.h"
#include "stats/moments.h"

namespace metricgate::stats {
namespace {

/// Squared distances of the values of a segment from their mean, from running sums.
class SegmentCost {
public:
    explicit SegmentCost(const std::vector<double>& values) {
        for (const double value : values) {
            m_sums.push_back(m_sums.back() + value);
            m_squares.push_back(m_squares.back() + value * value);
        }
    }
    [[nodiscard]] double operator()(std::size_t first, std::size_t end) const {
        const double sum = m_sums[end] - m_sums[first];
        return std::max(
            0.0, m_squares[end] - m_squares[first] - sum * sum / static_cast<double>(end - first));
    }

private:
    std::vector<double> m_sums = {0.0};
    std::vector<double> m_squares = {0.0};
};

double sigma_of(const std::vector<double>& values) {
    const double robust = sigma_of_median_range(values);
    return robust > 0.0 ? robust : individuals_chart(values).sigma;
}

/// The last change before each end in the best segmentation of what lies before it, 0 for none.
std::vector<std::size_t> last_changes(const SegmentCost& cost, std::size_t size,
                                      std::size_t least_segment, double penalty) {
    std::vector<double> best(size + 1, std::numeric_limits<double>::infinity());
    best[0] = -penalty;
    std::vector<std::size_t> last(size + 1, 0);
    struct Start {
        std::size_t at = 0;
        std::size_t useless_from = std::numeric_limits<std::size_t>::max();
        double cost = 0.0;
    };
    std::vector<Start> starts = {{}};
    for (std::size_t end = least_segment; end <= size; ++end) {
        std::erase_if(starts, [end](const Start& start) { return start.useless_from <= end; });
        for (Start& start : starts) {
            start.cost = best[start.at] + cost(start.at, end);
            if (start.cost + penalty < best[end]) {
                best[end] = start.cost + penalty;
                last[end] = start.at;
            }
        }
        // Where a change here beats a start even without its penalty, it does so for every later
        // end that leaves room for a segment in between.
        for (Start& start : starts) {
            if (start.cost > best[end]) {
                start.useless_from = std::min(start.useless_from, end + least_segment);
            }
        }
        if (end + 1 >= 2 * least_segment) {
            starts.push_back({.at = end + 1 - least_segment});
        }
    }
    return last;
}

}  // namespace

std::optional<std::vector<ChangePoint>> pelt(std::span<const double> values,
                                             const PeltSettings& settings) {
    if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); })) {
        return std::nullopt;
    }
    std::vector<ChangePoint> changes;
    if (values.size() < 2 * settings.least_segment || values.size() < 2) {
        return changes;
    }
    const double scale = safe_scale(range_of(values).magnitude());
    std::vector<double> standard;
    standard.reserve(values.size());
    for (const double value : values) {
        standard.push_back(scale * value - scale * values.front());
    }
    const double sigma = settings.sigma ? scale * *settings.sigma : sigma_of(standard);
    if (!(sigma > 0.0) || !std::isfinite(sigma)) {
        return changes;
    }
    for (double& value : standard) {
        value /= sigma;
    }
    const SegmentCost cost(standard);
    const double penalty = settings.penalty * std::log(static_cast<double>(standard.size()));
    const auto last = last_changes(cost, standard.size(), settings.least_segment, penalty);
    std::vector<std::size_t> ends = {standard.size()};
    while (last[ends.back()] != 0) {
        ends.push_back(last[ends.back()]);
    }
    ends.push_back(0);
    std::ranges::reverse(ends);
    for (std::size_t i = 1; i + 1 < ends.size(); ++i) {
        const double apart = cost(ends[i - 1], ends[i]) + cost(ends[i], ends[i + 1]);
        changes.push_back({ends[i], cost(ends[i - 1], ends[i + 1]) - apart, std::nullopt});
    }
    return changes;
}

}  // namespace metricgate::stats
