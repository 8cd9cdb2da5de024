#include "comparison/pooled_points.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "comparison/contrast.h"
#include "comparison/recorded.h"
#include "stats/exact_sum.h"
#include "support/counted.h"
#include "support/text.h"

namespace metricgate::comparison {

using evidence::HistoryPoint;
using support::NumberKind;

namespace {

using evidence::least_digits;
constexpr std::size_t most_digits = 64;  // of SHA-256

using Place = std::pair<std::string_view, std::string_view>;  // commit, data digest

/// The commits of points by the longest form that any of them has: a short id, or one in capitals,
/// is no other commit.
std::vector<std::string> commits_of(const std::vector<const HistoryPoint*>& points) {
    std::vector<std::string> commits;
    std::set<std::string> known;
    for (const HistoryPoint* point : points) {
        std::string commit = point->commit;
        const bool is_id = commit.size() >= least_digits && commit.size() <= most_digits &&
                           commit.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
        if (is_id) {
            std::ranges::transform(commit, commit.begin(), [](unsigned char digit) {
                return static_cast<char>(std::tolower(digit));
            });
            known.insert(commit);
        }
        commits.push_back(std::move(commit));
    }
    for (std::string& commit : commits) {
        auto longer = known.find(commit);
        for (; longer != known.end() && longer->starts_with(commit); ++longer) {
            commit = *longer;
        }
    }
    return commits;
}

/// Where each point was measured. One that does not say its data has those that the same commit
/// said last, else first: a retry that leaves them out is a retry all the same.
std::vector<Place> places_of(const std::vector<const HistoryPoint*>& points,
                             const std::vector<std::string>& commits) {
    std::map<std::string_view, std::string_view> said;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!points[i]->data_digest.empty()) {
            said.try_emplace(commits[i], points[i]->data_digest);
        }
    }
    std::vector<Place> places;
    places.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::string_view& digest = said[commits[i]];
        digest = points[i]->data_digest.empty() ? digest : std::string_view(points[i]->data_digest);
        places.emplace_back(commits[i], digest);
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

/// The smallest standard error, where all attempts have one.
std::optional<support::ParsedNumber> least_error(const Attempts& attempts) {
    std::optional<support::ParsedNumber> least;
    for (const HistoryPoint* attempt : attempts) {
        if (!attempt->standard_error) {
            return std::nullopt;
        }
        if (!least || attempt->standard_error->value < least->value) {
            least = attempt->standard_error;
        }
    }
    return least;
}

/// What attempts weigh against each other, from 0 to 1. Not by their standard errors: those are
/// estimates, and the smaller the better a value looks.
std::vector<double> weights_of(const Attempts& attempts) {
    const bool counted = std::ranges::all_of(
        attempts, [](const HistoryPoint* each) { return each->n && *each->n > 0; });
    std::vector<double> weights(attempts.size(), 1.0);
    if (counted) {
        const auto most = static_cast<double>(*std::ranges::max(attempts, {}, &HistoryPoint::n)->n);
        std::ranges::transform(attempts, weights.begin(), [most](const HistoryPoint* each) {
            return static_cast<double>(*each->n) / most;
        });
    }
    return weights;
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
    for (const HistoryPoint* attempt : attempts) {
        if (attempt->value.kind != NumberKind::finite) {
            pool.point.value = attempt->value;
            return pool;
        }
        pool.lowest = std::min(pool.lowest, attempt->value.value);
        pool.highest = std::max(pool.highest, attempt->value.value);
        if (attempt->standard_error && attempt->standard_error->kind != NumberKind::finite) {
            pool.point.standard_error = attempt->standard_error;
            return pool;
        }
        pool.point.n = std::max(pool.point.n, attempt->n);
    }
    const std::vector<double> weights = weights_of(attempts);
    stats::ExactSum sum;
    stats::ExactSum weight;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        sum.add(weights[i] * attempts[i]->value.value);
        weight.add(weights[i]);
    }
    pool.point.value.value = std::clamp(sum.value() / weight.value(), pool.lowest, pool.highest);
    pool.point.standard_error = least_error(attempts);
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
    const std::vector<std::string> commits = commits_of(points);
    const std::vector<Place> places = places_of(points, commits);
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

void note_newest(const std::vector<PooledPoint>& points, Comparison& out) {
    const PooledPoint& newest = points.back();
    if (newest.attempts > 1) {
        add_note(out, "attempts",
                 support::counted(newest.attempts, "attempts") +
                     " on this commit and data; their mean is judged, so that a retry cannot "
                     "replace a bad result.");
    }
    const auto others = std::count_if(points.begin(), points.end() - 1, [&](const auto& each) {
        return !each.point.commit.empty() && each.point.commit == newest.point.commit;
    });
    if (others > 0) {
        add_note(out, "steps_of_commit",
                 support::count_of(static_cast<std::size_t>(others), "other measurement",
                                   "other measurements") +
                     " of this commit are steps of one run, or of other data; the last one is "
                     "judged.");
    }
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
           (!point.commit.empty() && evidence::is_same_commit(point.commit, key));
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
