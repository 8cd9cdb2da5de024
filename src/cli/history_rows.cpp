#include "cli/history_rows.h"

#include <algorithm>

#include "cli/rows.h"
#include "comparison/path_since.h"
#include "comparison/pooled_points.h"
#include "comparison/read_chart.h"
#include "comparison/recorded.h"
#include "history/collect.h"
#include "support/text.h"
#include "verdict/judge_recorded.h"

namespace metricgate::cli {
namespace {

/// The key of a newest value that no commit holds yet.
constexpr const char* uncommitted = "candidate";

using comparison::Comparison;
using evidence::Entry;
using evidence::History;
using evidence::HistoryPoint;
using verdict::CheckResult;
using verdict::Status;

}  // namespace

History history_of(const LoadedInput& loaded, const std::string& metric) {
    const auto& all = loaded.histories->histories;
    const auto found = std::ranges::find(all, metric, &History::metric);
    History none;
    none.metric = metric;
    return found == all.end() ? none : *found;
}

HistoryPoint newest_of(const LoadedInput& loaded, const Entry& entry) {
    const auto moment = loaded.newest.find(entry.name);
    HistoryPoint point =
        history::point_of(entry, moment == loaded.newest.end() ? HistoryPoint{} : moment->second);
    if (point.key.empty()) {
        point.key = uncommitted;
    }
    return point;
}

std::string anchor_key(const PlannedCheck& check, const LoadedInput& loaded,
                       const History& history) {
    const policy::Anchor& anchor = *check.source.anchor;
    if (anchor.key) {
        return anchor.key->value;
    }
    // Stores and tables may call a point by the release itself.
    const std::string& revision = anchor.revision->value;
    const auto found = loaded.anchors.find(revision);
    const bool by_commit = found != loaded.anchors.end() &&
                           std::ranges::any_of(history.points, [&](const HistoryPoint& point) {
                               return evidence::is_same_commit(point.commit, found->second);
                           });
    return by_commit ? found->second : revision;
}

namespace {

evidence::Scalar scalar_of(const HistoryPoint& point) {
    evidence::Scalar scalar;
    scalar.value = point.value;
    scalar.standard_error = point.standard_error;
    scalar.n = point.n;
    return scalar;
}

CheckResult judge_anchor(const PlannedCheck& check, const LoadedInput& loaded,
                         const History& history, const HistoryPoint& newest) {
    const std::string key = anchor_key(check, loaded, history);
    const Comparison path = comparison::path_since(check.metric, history, newest, key);
    if (!path.problem.empty()) {
        return verdict::explain(check.rule, Status::error, path.problem);
    }
    if (!path.path->other_data.empty()) {
        return verdict::explain(check.rule, Status::incomparable, path.path->other_data);
    }
    const auto points = comparison::pooled(history.points, newest);
    const auto anchor = std::find_if(points.rbegin(), points.rend(), [&](const auto& each) {
        return comparison::is_named(each.point, key);
    });
    CheckResult row = verdict::judge_recorded(check.rule, check.metric, scalar_of(anchor->point),
                                              scalar_of(points.back().point), {}, check.options);
    return with_path(std::move(row), check, loaded, std::nullopt);
}

bool has_limits(const verdict::Rule& rule) {
    return rule.minimum || rule.maximum;
}

/// The newest value alone against the limits of the check.
CheckResult judge_limits_alone(const PlannedCheck& check, const Entry& entry) {
    verdict::Rule rule = check.rule;
    rule.chart.reset();
    return verdict::judge_without_baseline(rule, std::visit(
                                                     [&](const auto& evidence) {
                                                         return comparison::describe(
                                                             check.metric, evidence, check.options);
                                                     },
                                                     entry.evidence));
}

CheckResult judge_mean_of_attempts(const PlannedCheck& check,
                                   const comparison::PooledPoint& newest) {
    return verdict::judge_without_baseline(
        check.rule, comparison::describe(check.metric, scalar_of(newest.point), check.options));
}

CheckResult judge_charted(const PlannedCheck& check, const History& history,
                          const HistoryPoint& newest, const comparison::PooledPoint& measured,
                          std::optional<std::uint64_t> window) {
    Comparison chart = comparison::read_chart(check.metric, history, newest, *check.rule.chart);
    if (chart.problem.empty() && !chart.insufficient) {
        chart.insufficient =
            comparison::missing_examples(check.metric, scalar_of(measured.point), check.options);
    }
    const bool cut = window && history.points.size() + 1 >= *window;
    if (chart.problem.empty() && cut && chart.chart && chart.chart->based_on.empty()) {
        chart.notes.push_back({"window_moves_limits",
                               "The window of " + std::to_string(*window) +
                                   " points leaves older ones out, so that the limits move with it "
                                   "and a slow decline may be missed; leave `window` out, or make "
                                   "it larger."});
    }
    return verdict::judge_chart(check.rule, chart);
}

/// Of several attempts both the mean and the last have to keep the limits: a retry must not replace
/// a bad result, nor may earlier good ones hide one.
CheckResult judge_own(const PlannedCheck& check, const Entry& entry, const History& history,
                      const HistoryPoint& newest, std::optional<std::uint64_t> window) {
    const auto points = comparison::pooled(history.points, newest);
    const bool again = points.back().attempts > 1;
    CheckResult row = check.rule.chart
                          ? judge_charted(check, history, newest, points.back(), window)
                      : again ? judge_mean_of_attempts(check, points.back())
                              : judge_limits_alone(check, entry);
    const bool open = row.status == Status::pass || row.status == Status::inconclusive;
    if (again && has_limits(check.rule) && open) {
        CheckResult alone = judge_limits_alone(check, entry);
        // What is shown of the last attempt counts more than what is open of all of them.
        const bool worse = alone.status != Status::pass &&
                           (alone.status != Status::inconclusive || row.status == Status::pass);
        row = worse ? std::move(alone) : std::move(row);
    }
    if (!check.rule.chart && row.comparison) {
        Comparison told;
        comparison::note_newest(points, told);
        row.notes.insert(row.notes.end(), told.notes.begin(), told.notes.end());
    }
    return row;
}

std::string missing_text(const std::string& metric, const LoadedInput& loaded) {
    if (const auto stale = loaded.stale.find(metric); stale != loaded.stale.end()) {
        return stale->second;
    }
    std::vector<std::string> names;
    for (const Entry& entry : loaded.candidate->entries) {
        names.push_back(entry.name);
    }
    return "the newest point has no metric '" + metric + "'" + support::did_you_mean(metric, names);
}

}  // namespace

Comparison path_of(const PlannedCheck& check, const LoadedInput& histories,
                   const std::optional<PathEnd>& own) {
    const Entry* entry = histories.candidate->find(check.metric.name);
    if (entry == nullptr) {
        Comparison none;
        none.problem = missing_text(check.metric.name, histories);
        return none;
    }
    History history = history_of(histories, check.metric.name);
    HistoryPoint newest = newest_of(histories, *entry);
    const bool same =
        own && newest.value.kind == support::NumberKind::finite && newest.value.value == own->value;
    if (own && !same) {
        if (!histories.uncommitted) {
            history.points.push_back(newest);
        }
        HistoryPoint end;
        end.key = uncommitted;
        end.data_digest = newest.data_digest;
        end.value = {support::NumberKind::finite, own->value};
        newest = std::move(end);
    }
    if (own && !own->data_digest.empty()) {
        newest.data_digest = own->data_digest;
    }
    Comparison found = comparison::path_since(check.metric, history, newest,
                                              anchor_key(check, histories, history));
    if (found.path) {
        found.path->from = check.rule.anchor;  // as the policy calls it
    }
    return found;
}

CheckResult with_path(CheckResult row, const PlannedCheck& check, const LoadedInput& histories,
                      const std::optional<PathEnd>& own) {
    if (!row.comparison || !row.rule.slice.empty()) {
        return row;
    }
    const Comparison path = path_of(check, histories, own);
    if (!path.problem.empty()) {
        row.notes.push_back(
            {"path_unknown", "The path from the anchor is not known: " + path.problem + "."});
        return row;
    }
    row.comparison->path = path.path;
    row.reason += "; " + verdict::path_text(*path.path);
    return row;
}

std::vector<RowTask> history_rows(const PlannedCheck& check, const PlannedInput& input,
                                  const LoadedInput& loaded) {
    const Entry* entry = loaded.candidate->find(check.metric.name);
    if (entry == nullptr) {
        return {explained(check.rule, Status::missing, missing_text(check.metric.name, loaded))};
    }
    if (entry->flaw) {
        return {explained(check.rule, Status::error, support::describe(*entry->flaw))};
    }
    if (const std::string reason = unusable_value(check.metric, *entry, "newest point");
        !reason.empty()) {
        return {explained(check.rule, Status::error, reason)};
    }
    History history = history_of(loaded, check.metric.name);
    for (const std::string& unit : {history.unit, check.metric.unit}) {
        if (!unit.empty() && !entry->unit.empty() && unit != entry->unit) {
            return {explained(check.rule, Status::incomparable,
                              "the unit is '" + support::visible(entry->unit) +
                                  "' at the newest point and '" + support::visible(unit) +
                                  "' before")};
        }
    }
    return {[&check, &loaded, entry, history = std::move(history),
             newest = newest_of(loaded, *entry), window = input.source.history->window] {
        switch (check.aspect) {
            case Aspect::own:
                return judge_own(check, *entry, history, newest,
                                 window ? std::optional(window->value) : std::nullopt);
            case Aspect::anchor:
                return judge_anchor(check, loaded, history, newest);
            case Aspect::budget:
                return verdict::judge_budget(check.rule, path_of(check, loaded, std::nullopt));
        }
        return verdict::explain(check.rule, Status::error, "it could not be judged");
    }};
}

}  // namespace metricgate::cli
