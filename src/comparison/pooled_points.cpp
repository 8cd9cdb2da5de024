#include "comparison/pooled_points.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "comparison/recorded.h"
#include "stats/exact_sum.h"
#include "support/text.h"

namespace metricgate::comparison {

using evidence::HistoryPoint;
using support::NumberKind;

namespace {

constexpr std::size_t least_digits = 7;

using Place = std::pair<std::string_view, std::string_view>;  // commit, data digest

/// Where each point was measured. One that does not say its data has those that the same commit
/// said last, else first: a retry that leaves them out is a retry all the same.
std::vector<Place> places_of(const std::vector<const HistoryPoint*>& points) {
    std::map<std::string_view, std::string_view> said;
    for (const HistoryPoint* point : points) {
        if (!point->data_digest.empty()) {
            said.try_emplace(point->commit, point->data_digest);
        }
    }
    std::vector<Place> places;
    places.reserve(points.size());
    for (const HistoryPoint* point : points) {
        std::string_view& digest = said[point->commit];
        digest = point->data_digest.empty() ? digest : std::string_view(point->data_digest);
        places.emplace_back(point->commit, digest);
    }
    return places;
}

/// Commits and data on which one run recorded several steps.
std::set<Place> series_of(const std::vector<const HistoryPoint*>& points,
                          const std::vector<Place>& places) {
    std::map<std::tuple<Place, std::string_view, std::string_view>, std::int64_t> first_steps;
    std::set<Place> series;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const HistoryPoint* point = points[i];
        if (point->commit.empty() || !point->step) {
            continue;
        }
        const auto [found, is_new] = first_steps.try_emplace(
            {places[i], fact_of(*point, evidence::run_key), fact_of(*point, evidence::attempt_key)},
            *point->step);
        if (!is_new && found->second != *point->step) {
            series.insert(places[i]);
        }
    }
    return series;
}

PooledPoint taken_together(const Attempts& attempts) {
    PooledPoint pool{*attempts.back(), attempts.size(), 0.0, 0.0};
    for (auto each = attempts.rbegin(); each != attempts.rend() && pool.point.data_digest.empty();
         ++each) {
        pool.point.data_digest = (*each)->data_digest;
    }
    pool.lowest = pool.highest = pool.point.value.value;
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
        const double value = attempt->value.value;
        sum.add(value);
        pool.lowest = std::min(pool.lowest, value);
        pool.highest = std::max(pool.highest, value);
        if (attempt->standard_error && attempt->standard_error->kind != NumberKind::finite) {
            pool.point.standard_error = attempt->standard_error;
            return pool;
        }
        errors = errors && attempt->standard_error;
        if (errors) {
            const double error = attempt->standard_error->value;
            squares.add(error * error);
        }
    }
    const auto count = static_cast<double>(attempts.size());
    pool.point.value.value = std::clamp(sum.value() / count, pool.lowest, pool.highest);
    pool.point.standard_error.reset();
    if (errors) {
        pool.point.standard_error =
            support::ParsedNumber{NumberKind::finite, std::sqrt(squares.value() / count)};
    }
    return pool;
}

std::vector<PooledPoint> pool_all(const std::vector<const HistoryPoint*>& points) {
    std::vector<PooledPoint> result;
    for (const Attempts& attempts : attempts_of(points)) {
        result.push_back(taken_together(attempts));
    }
    return result;
}

std::vector<const HistoryPoint*> addresses_of(const std::vector<HistoryPoint>& points) {
    std::vector<const HistoryPoint*> all;
    all.reserve(points.size() + 1);
    for (const HistoryPoint& point : points) {
        all.push_back(&point);
    }
    return all;
}

}  // namespace

std::vector<Attempts> attempts_of(const std::vector<const HistoryPoint*>& points) {
    const std::vector<Place> places = places_of(points);
    const std::set<Place> series = series_of(points, places);
    std::map<std::pair<Place, std::optional<std::int64_t>>, std::size_t> known;
    std::vector<Attempts> groups;
    std::size_t newest = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const HistoryPoint* point = points[i];
        newest = groups.size();
        if (!point->commit.empty()) {
            const Place& place = places[i];
            const auto step = series.count(place) != 0 ? point->step : std::nullopt;
            newest = known.try_emplace({place, step}, newest).first->second;
        }
        if (newest == groups.size()) {
            groups.emplace_back();
        }
        groups[newest].push_back(point);
    }
    // An old commit that was measured again is what the newest answer is about.
    if (!groups.empty()) {
        const auto at = groups.begin() + static_cast<std::ptrdiff_t>(newest);
        std::rotate(at, at + 1, groups.end());
    }
    return groups;
}

std::vector<Attempts> attempts_of(const std::vector<HistoryPoint>& points) {
    return attempts_of(addresses_of(points));
}

std::vector<PooledPoint> pooled(const std::vector<HistoryPoint>& points) {
    return pool_all(addresses_of(points));
}

std::vector<PooledPoint> pooled(const std::vector<HistoryPoint>& points,
                                const HistoryPoint& newest) {
    std::vector<const HistoryPoint*> all = addresses_of(points);
    all.push_back(&newest);
    return pool_all(all);
}

std::string unusable(const PooledPoint& each) {
    evidence::Scalar scalar;
    scalar.value = each.point.value;
    scalar.standard_error = each.point.standard_error;
    const std::string problem = scalar_problem(scalar, "point");
    return problem.empty()
               ? ""
               : "point '" + support::visible(each.point.key, 60) + "' of the history: its " +
                     problem.substr(std::string("the point's ").size());
}

bool is_named(const HistoryPoint& point, const std::string& key) {
    return point.key == key ||
           (key.size() >= least_digits && !point.commit.empty() && point.commit.starts_with(key));
}

std::vector<Rebase> rebases_of(const std::vector<PooledPoint>& points,
                               const std::vector<AcceptedStep>& accepted) {
    std::vector<Rebase> found;
    std::string digest;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const HistoryPoint& point = points[i].point;
        if (!point.data_digest.empty()) {
            if (!digest.empty() && digest != point.data_digest) {
                found.push_back(
                    {i, "new data, digest " + support::visible(point.data_digest, 20), true});
            }
            digest = point.data_digest;
        }
        for (const AcceptedStep& step : accepted) {
            if (is_named(point, step.key)) {
                found.push_back({i,
                                 "accepted step " + support::visible(step.key, 40) + ": " +
                                     support::visible(step.reason, 100),
                                 false});
            }
        }
    }
    return found;
}

std::vector<std::string> unknown_steps(const std::vector<PooledPoint>& points,
                                       const std::vector<AcceptedStep>& accepted) {
    std::vector<std::string> unknown;
    for (const AcceptedStep& step : accepted) {
        const bool known = std::ranges::any_of(
            points, [&](const PooledPoint& each) { return is_named(each.point, step.key); });
        if (!known) {
            unknown.push_back(step.key);
        }
    }
    return unknown;
}

}  // namespace metricgate::comparison
