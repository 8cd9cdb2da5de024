#pragma once

namespace metricgate::stats {

/// A two-sided interval each of whose ends holds with probability `confidence` on its own:
/// `confidence` 0.95 draws the two-sided 90 % interval.
struct Interval {
    double lower = 0.0;
    double upper = 0.0;
    double confidence = 0.95;
    bool operator==(const Interval&) const = default;
};

}  // namespace metricgate::stats
