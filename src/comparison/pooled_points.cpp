#include "comparison/pooled_points.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "stats/exact_sum.h"
#include "support/text.h"

namespace metricgate::comparison {

using evidence::HistoryPoint;
using support::NumberKind;

namespace {

constexpr std::size_t least_digits = 7;

bool same_measurement(const HistoryPoint& a, const HistoryPoint& b) {
    return !a.commit.empty() && a.commit == b.commit && a.data_digest == b.data_digest;
}

PooledPoint taken_together(const std::vector<const HistoryPoint*>& attempts) {
    PooledPoint pool{*attempts.back(), attempts.size()};
    if (attempts.size() == 1) {
        return pool;
    }
    stats::ExactSum sum;
    stats::ExactSum squares;
    bool errors = true;
    for (const HistoryPoint* attempt : attempts) {
        if (attempt->value.kind != NumberKind::finite) {
            pool.point.value = attempt->value;
            return pool;
        }
        sum.add(attempt->value.value);
        errors = errors && attempt->standard_error &&
                 attempt->standard_error->kind == NumberKind::finite;
        if (errors) {
            const double error = attempt->standard_error->value;
            squares.add(error * error);
        }
    }
    const auto count = static_cast<double>(attempts.size());
    pool.point.value.value = sum.value() / count;
    pool.point.standard_error.reset();
    if (errors) {
        pool.point.standard_error =
            support::ParsedNumber{NumberKind::finite, std::sqrt(squares.value() / count)};
    }
    return pool;
}

}  // namespace

std::vector<PooledPoint> pooled(const std::vector<HistoryPoint>& points,
                                const HistoryPoint& newest) {
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> known;
    std::vector<std::vector<const HistoryPoint*>> groups;
    std::vector<const HistoryPoint*> last;
    for (const HistoryPoint& point : points) {
        if (same_measurement(point, newest)) {
            last.push_back(&point);
            continue;
        }
        if (!point.commit.empty()) {
            const auto [found, is_new] =
                known.try_emplace({point.commit, point.data_digest}, groups.size());
            if (!is_new) {
                groups[found->second].push_back(&point);
                continue;
            }
        }
        groups.push_back({&point});
    }
    last.push_back(&newest);
    groups.push_back(std::move(last));
    std::vector<PooledPoint> result;
    result.reserve(groups.size());
    for (const auto& group : groups) {
        result.push_back(taken_together(group));
    }
    return result;
}

bool is_named(const HistoryPoint& point, const std::string& key) {
    return point.key == key ||
           (key.size() >= least_digits && !point.commit.empty() && point.commit.starts_with(key));
}

Basis basis_of(const std::vector<PooledPoint>& points, const std::vector<AcceptedStep>& accepted) {
    Basis basis;
    std::string digest;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const HistoryPoint& point = points[i].point;
        if (!point.data_digest.empty()) {
            if (!digest.empty() && digest != point.data_digest) {
                basis.first = i;
                basis.reason = "new data, digest " + support::visible(point.data_digest, 20);
            }
            digest = point.data_digest;
        }
        for (const AcceptedStep& step : accepted) {
            if (is_named(point, step.key)) {
                basis.first = i;
                basis.reason = "accepted step " + support::visible(step.key, 40) + ": " +
                               support::visible(step.reason, 100);
            }
        }
    }
    for (const AcceptedStep& step : accepted) {
        const bool known = std::ranges::any_of(
            points, [&](const PooledPoint& each) { return is_named(each.point, step.key); });
        if (!known) {
            basis.unknown_steps.push_back(step.key);
        }
    }
    return basis;
}

}  // namespace metricgate::comparison
