#include "comparison/path_since.h"

#include <algorithm>
#include <cmath>

#include "comparison/pooled_points.h"
#include "stats/exact_sum.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

using evidence::is_same_commit;

/// The last point of that name: a commit that was measured again stands for its newest data, a run
/// for its last step. Points of other commits under one name, or without commits with others
/// between them, are a `problem`: the change that is judged could move its anchor.
std::optional<std::size_t> find_point(const std::vector<PooledPoint>& points,
                                      const std::string& anchor, std::string& problem) {
    std::optional<std::size_t> found;
    std::size_t last = 0;
    for (std::size_t i = points.size(); i > 0; --i) {
        const evidence::HistoryPoint& point = points[i - 1].point;
        if (!is_named(point, anchor)) {
            continue;
        }
        const bool same =
            found &&
            (point.commit.empty() ? last == i + 1
                                  : is_same_commit(point.commit, points[*found].point.commit));
        last = i;
        if (found && !same) {
            problem = "several points of the history are called '" + support::visible(anchor, 60) +
                      "'; give each its own, or name the anchor by its commit";
        }
        found = found ? found : std::optional(i - 1);
    }
    return found;
}

/// The data that a point was measured on, where a later point says no other.
std::string digest_at(const std::vector<PooledPoint>& points, std::size_t at) {
    for (std::size_t i = at + 1; i > 0; --i) {
        if (!points[i - 1].point.data_digest.empty()) {
            return points[i - 1].point.data_digest;
        }
    }
    return "";
}

}  // namespace

Comparison path_since(const metrics::Metric& metric, const evidence::History& history,
                      const evidence::HistoryPoint& newest, const std::string& anchor) {
    Comparison out;
    out.uncertainty_known = false;
    out.method = "path";
    const std::vector<PooledPoint> points = pooled(history.points, newest);
    const auto first = find_point(points, anchor, out.problem);
    if (!out.problem.empty()) {
        return out;
    }
    if (!first || *first + 1 == points.size()) {
        out.problem = first ? "the anchor '" + support::visible(anchor, 60) +
                                  "' is the newest point itself, so that there is no path from it"
                            : "none of the " +
                                  support::count_of(history.points.size(), "point", "points") +
                                  " of the history is the anchor '" + support::visible(anchor, 60) +
                                  "'; pin one that is, or read more of the history (`window`)";
        return out;
    }
    Path path;
    path.from = points[*first].point.key;
    stats::ExactSum losses;
    for (std::size_t i = *first; i < points.size() && out.problem.empty(); ++i) {
        out.problem = unusable(points[i]);
        if (i == *first || !out.problem.empty()) {
            continue;
        }
        const double change =
            metric.orientation() * (points[i].point.value.value - points[i - 1].point.value.value);
        losses.add(std::max(0.0, -change));
        path.of_commits = path.of_commits || !points[i].point.commit.empty();
        ++path.steps;
    }
    if (!out.problem.empty()) {
        return out;
    }
    const std::string before = digest_at(points, *first);
    const std::string after = digest_at(points, points.size() - 1);
    if (!before.empty() && before != after) {
        path.other_data = "the anchor was measured on other data: data_digest '" + before +
                          "' there, '" + after + "' now; pin a newer anchor";
    }
    out.baseline = metrics::Value::of(points[*first].point.value.value);
    out.candidate = metrics::Value::of(points.back().point.value.value);
    out.delta = metric.orientation() * (out.candidate.number() - out.baseline.number());
    path.losses = losses.value();
    path.net = *out.delta;
    path.average = path.net / static_cast<double>(path.steps);
    out.n = path.steps;
    out.n_unit = path.of_commits ? "merges" : "steps";
    out.path = path;
    return out;
}

}  // namespace metricgate::comparison
