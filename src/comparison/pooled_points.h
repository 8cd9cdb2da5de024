#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "comparison/chart.h"
#include "comparison/comparison.h"
#include "evidence/history.h"

namespace metricgate::comparison {

/// One measurement of a history: all attempts at it, and their mean. Attempts weigh by
/// `n` where all have one, else alike, and the mean is known as well as the best of them, because
/// they share their data: a retry on a few examples does not make a bad result uncertain.
struct PooledPoint {
    evidence::HistoryPoint point;  ///< of the last attempt. Value: the mean; non-finite when any
                                   ///< attempt is. Standard error: the smallest; none when some
                                   ///< attempt has none. n: the largest
    std::size_t attempts = 1;
    double lowest = 0.0;  ///< of the attempts; of no meaning where the value is not finite
    double highest = 0.0;
};

/// Attempts at one measurement, oldest first.
using Attempts = std::vector<const evidence::HistoryPoint*>;

/// The measurements of a history. Points of one commit and data digest are attempts at one,
/// whatever their steps: runs that end early, or are counted by a step, are retries all the same,
/// and so are those that leave the digest out which others of their commit have.
/// Only where one run (its `run` and `attempt`) recorded several steps, each step is a measurement
/// of its own. Points without a commit are never taken together. Measurements stand where the first
/// attempt does; the one that the newest point belongs to stands last.
std::vector<Attempts> attempts_of(const std::vector<const evidence::HistoryPoint*>& points);
std::vector<Attempts> attempts_of(const std::vector<evidence::HistoryPoint>& points);

/// The same, each as one point. `newest` comes behind `points`.
std::vector<PooledPoint> pooled(const std::vector<evidence::HistoryPoint>& points);
std::vector<PooledPoint> pooled(const std::vector<evidence::HistoryPoint>& points,
                                const evidence::HistoryPoint& newest);

/// Says that the newest of these was measured more than once, and that only one of several steps of
/// its commit is judged: "retry until green" shows.
void note_newest(const std::vector<PooledPoint>& points, Comparison& out);

/// What keeps a point from being charted, naming it; empty: nothing.
std::string unusable(const PooledPoint& each);

/// Where limits are based anew, and why: a point of other data than the last that said its data, or
/// an accepted step.
struct Rebase {
    std::size_t first = 0;
    std::string reason;
    bool new_data = false;
};
/// All of them, ascending; a point that is both stands twice, the accepted step last.
std::vector<Rebase> rebases_of(const std::vector<PooledPoint>& points,
                               const std::vector<AcceptedStep>& accepted);

/// Accepted steps that no point is called by.
std::vector<std::string> unknown_steps(const std::vector<PooledPoint>& points,
                                       const std::vector<AcceptedStep>& accepted);

/// True when `key` names the point: its key, or its commit, full or by 7 digits or more.
bool is_named(const evidence::HistoryPoint& point, const std::string& key);

}  // namespace metricgate::comparison
