// A newest point that rests on less than its history, which wide limits would let pass in silence.
#include <algorithm>
#include <vector>

#include "cli/history_rows.h"
#include "cli/less_evidence.h"
#include "cli/rows.h"
#include "comparison/chart_limits.h"
#include "comparison/pooled_points.h"

namespace metricgate::cli {
namespace {

using comparison::PooledPoint;
using evidence::Entry;
using evidence::Scalar;

/// The lower of the two in the middle of an even number.
template <class T>
std::optional<T> middle_of(std::vector<T> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

Entry entry_of(const std::string& name, const PooledPoint& point) {
    Scalar scalar;
    scalar.value = point.point.value;
    scalar.n = point.point.n;
    scalar.standard_error = point.point.standard_error;
    Entry entry;
    entry.name = name;
    entry.evidence = scalar;
    return entry;
}

/// What the points before the newest one usually rest on.
Entry usual_entry(const std::string& name, const std::vector<PooledPoint>& points) {
    std::vector<std::uint64_t> examples;
    std::vector<double> errors;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        if (points[i].point.n) {
            examples.push_back(*points[i].point.n);
        }
        if (comparison::states_error(points[i])) {
            errors.push_back(points[i].point.standard_error->value);
        }
    }
    Scalar scalar;
    scalar.n = middle_of(std::move(examples));
    if (const auto error = middle_of(std::move(errors))) {
        scalar.standard_error = support::ParsedNumber{support::NumberKind::finite, *error};
    }
    Entry entry;
    entry.name = name;
    entry.evidence = scalar;
    return entry;
}

/// From where the limits begin anew.
std::vector<PooledPoint> since_rebase(const std::vector<PooledPoint>& points,
                                      const comparison::ChartOptions& chart) {
    const auto rebases = comparison::rebases_of(points, chart.accepted);
    const std::size_t first = rebases.empty() ? 0 : rebases.back().first;
    return {points.begin() + static_cast<std::ptrdiff_t>(first), points.end()};
}

struct Pairs {
    std::vector<Entry> now;
    std::vector<Entry> then;

    [[nodiscard]] std::vector<ComparedEntries> compared() const {
        std::vector<ComparedEntries> pairs;
        for (std::size_t i = 0; i < now.size(); ++i) {
            pairs.push_back({now[i].name, &now[i], &then[i]});
        }
        return pairs;
    }
};

}  // namespace

void history_warnings(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                      std::vector<std::string>& warnings) {
    if (!loaded.histories || !loaded.candidate) {
        return;
    }
    Pairs charted;
    Pairs anchored;
    for (const PlannedCheck& check : plan.checks) {
        const bool runs = check.input == input && check.not_run.empty();
        const Entry* entry = runs ? loaded.candidate->find(check.metric.name) : nullptr;
        if (entry == nullptr || entry->flaw) {
            continue;
        }
        const evidence::History history = history_of(loaded, check.metric.name);
        const auto points = comparison::pooled(history.points, newest_of(loaded, *entry));
        if (check.aspect == Aspect::own && check.rule.chart) {
            charted.now.push_back(entry_of(check.metric.name, points.back()));
            charted.then.push_back(
                usual_entry(check.metric.name, since_rebase(points, *check.rule.chart)));
        }
        if (check.aspect != Aspect::anchor || !check.source.anchor) {
            continue;
        }
        const std::string key = anchor_key(check, loaded, history);
        const auto anchor = std::find_if(points.rbegin(), points.rend(), [&](const auto& each) {
            return comparison::is_named(each.point, key);
        });
        if (anchor != points.rend()) {
            anchored.now.push_back(entry_of(check.metric.name, points.back()));
            anchored.then.push_back(entry_of(check.metric.name, *anchor));
        }
    }
    // Counts of nights and weeks vary, so that less than half of the usual is worth a word.
    warn_of_less(charted.compared(), {"The newest point", "the usual one before it", 0.5},
                 warnings);
    warn_of_less(anchored.compared(), {"The newest point", "its anchor", 1.0}, warnings);
}

}  // namespace metricgate::cli
