#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/history.h"
#include "stats/random.h"

namespace metricgate::test {

/// A point with a value that is a number.
inline evidence::HistoryPoint history_point(double value, const std::string& commit = "") {
    evidence::HistoryPoint point;
    point.value = {support::NumberKind::finite, value};
    point.commit = commit;
    point.key = commit;
    return point;
}

/// `before` values around `level`, then `after` around `level + change`, all within `noise` of it.
inline evidence::History stepped_history(std::size_t before, std::size_t after, double level,
                                         double change, double noise, std::uint64_t seed = 1) {
    stats::Stream stream(seed);
    evidence::History history;
    history.metric = "accuracy";
    for (std::size_t i = 0; i < before + after; ++i) {
        const double moved = level + (i < before ? 0.0 : change);
        history.points.push_back(
            history_point(moved + noise * (2.0 * stream.uniform() - 1.0), "c" + std::to_string(i)));
    }
    return history;
}

}  // namespace metricgate::test
