#pragma once

#include <optional>
#include <string>

#include "history/store.h"

namespace metricgate::test {

inline const std::string first_commit(40, 'a');
inline const std::string second_commit(40, 'b');

/// A value of `metric` at 2026-01-01T00:00:00Z and so many seconds.
inline history::NewPoint point(const std::string& metric, double value, std::int64_t seconds = 0,
                               std::optional<std::int64_t> step = std::nullopt) {
    history::NewPoint made;
    made.metric = metric;
    made.point.value = {support::NumberKind::finite, value};
    made.point.time = 1767225600 + seconds;
    made.point.step = step;
    made.point.where = support::in_file("command line");
    return made;
}

template <class T>
std::string why(const support::Result<T>& result) {
    return result.ok() ? "it worked" : support::describe(result.problems().front());
}

}  // namespace metricgate::test
