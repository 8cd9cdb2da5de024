#include "sources/selection.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::Entry;
using evidence::Scalar;
using support::NumberKind;

std::optional<std::int64_t> whole_number(std::string_view text, double least) {
    const auto number = support::parse_number(text);
    constexpr double most = 9007199254740992.0;  // 2^53
    const bool whole = number.kind == NumberKind::finite && number.value >= least &&
                       number.value <= most && number.value == std::floor(number.value);
    return whole ? std::optional<std::int64_t>(static_cast<std::int64_t>(number.value))
                 : std::nullopt;
}

/// The points that count: of each step the last one.
std::vector<Point> one_a_step(const std::vector<Point>& points) {
    std::vector<Point> kept;
    for (const Point& point : points) {
        if (!kept.empty() && kept.back().step == point.step) {
            kept.back() = point;
        } else {
            kept.push_back(point);
        }
    }
    return kept;
}

std::string step_text(std::int64_t step) {
    return "step " + std::to_string(step);
}

/// The value that the rule takes of one series, and where it stood.
class Taking {
public:
    Taking(const Series& series, const Selection& selection)
        : m_series(series), m_selection(selection), m_points(one_a_step(series.points)) {}

    Entry entry() {
        Entry entry{m_series.name, m_series.where, Scalar{},
                    m_series.unit, std::nullopt,   m_series.conditions};
        m_scalar = Scalar{};
        m_problem.clear();
        take();
        entry.evidence = m_scalar;
        if (!m_problem.empty()) {
            entry.flaw = support::Diagnostic{
                m_series.where, "'" + support::visible(m_series.name) + "' " + m_problem};
        }
        return entry;
    }

    [[nodiscard]] const std::string& taken() const noexcept { return m_taken; }

    /// The first step of which one value counts and another, earlier one does not.
    [[nodiscard]] std::optional<std::int64_t> repeated_step() const {
        const auto& points = m_series.points;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const auto& one = points[i - 1].value;
            const auto& other = points[i].value;
            if (points[i - 1].step == points[i].step &&
                (one.kind != other.kind ||
                 (one.kind == NumberKind::finite && one.value != other.value))) {
                return points[i].step;
            }
        }
        return std::nullopt;
    }

private:
    void take_point(const Point& point) {
        m_scalar.value = point.value;
        m_scalar.standard_error = point.standard_error;
        m_scalar.n = point.n;
        m_taken = step_text(point.step);
    }

    void take_extreme(bool highest) {
        const Point* best = nullptr;
        for (const Point& point : m_points) {
            if (point.value.kind != NumberKind::finite) {
                // A run that diverged is not judged by its better hours.
                m_problem = "has a value that is not finite at " + step_text(point.step) +
                            ", so no value is its best; select another step";
                return;
            }
            const bool better =
                best == nullptr || (highest ? point.value.value > best->value.value
                                            : point.value.value < best->value.value);
            best = better ? &point : best;
        }
        take_point(*best);
    }

    void take_best() {
        const Better better =
            m_selection.better ? m_selection.better(m_series.name) : Better::unknown;
        if (better == Better::unknown) {
            m_problem =
                "is no metric of the catalog, so its best value is not known; select `highest` or "
                "`lowest` instead of `best`";
            return;
        }
        take_extreme(better == Better::higher);
    }

    void take_at(std::int64_t step) {
        const auto found = std::find_if(m_points.begin(), m_points.end(),
                                        [&](const Point& point) { return point.step == step; });
        if (found != m_points.end()) {
            take_point(*found);
            return;
        }
        m_problem = "has no value at " + step_text(step) + "; its steps go from " +
                    std::to_string(m_points.front().step) + " to " +
                    std::to_string(m_points.back().step);
    }

    void take_mean(std::size_t count) {
        if (m_points.size() < count) {
            m_problem = "has " + support::count_of(m_points.size(), "value", "values") +
                        ", and the mean of the last " + std::to_string(count) + " is asked for";
            return;
        }
        double sum = 0.0;
        for (std::size_t i = m_points.size() - count; i < m_points.size(); ++i) {
            if (m_points[i].value.kind != NumberKind::finite) {
                take_point(m_points[i]);  // carried: the check that uses it says what it is
                return;
            }
            sum += m_points[i].value.value / static_cast<double>(count);
        }
        m_scalar.value = {NumberKind::finite, sum};
        m_taken = "the mean of steps " + std::to_string(m_points[m_points.size() - count].step) +
                  " to " + std::to_string(m_points.back().step);
    }

    void take() {
        switch (m_selection.step.take) {
            case StepRule::Take::last:
                take_point(m_points.back());
                return;
            case StepRule::Take::best:
                take_best();
                return;
            case StepRule::Take::highest:
            case StepRule::Take::lowest:
                take_extreme(m_selection.step.take == StepRule::Take::highest);
                return;
            case StepRule::Take::at:
                take_at(m_selection.step.step);
                return;
            case StepRule::Take::mean_of_last:
                take_mean(m_selection.step.count);
                return;
        }
    }

    const Series& m_series;
    const Selection& m_selection;
    std::vector<Point> m_points;
    Scalar m_scalar;
    std::string m_problem;
    std::string m_taken;
};

bool wanted(const Selection& selection, const std::string& name) {
    return selection.metrics.empty() ||
           std::any_of(selection.metrics.begin(), selection.metrics.end(),
                       [&](const std::string& glob) { return support::matches_glob(glob, name); });
}

std::vector<std::string> first_few(const std::vector<std::string>& names) {
    constexpr std::size_t most = 10;
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) {
        shown.push_back("'" + support::visible(names[i], 60) + "'");
    }
    if (names.size() > most) {
        shown.push_back(std::to_string(names.size() - most) + " more");
    }
    return shown;
}

void check_globs(const Run& run, const Selection& selection, const std::string& source,
                 support::Diagnostics& problems) {
    std::vector<std::string> names;
    for (const Entry& entry : run.entries) {
        names.push_back(entry.name);
    }
    for (const Series& series : run.series) {
        names.push_back(series.name);
    }
    std::sort(names.begin(), names.end());
    for (const std::string& glob : selection.metrics) {
        const bool any = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return support::matches_glob(glob, name);
        });
        if (!any) {
            problems.push_back(support::problem_in(
                source, "no metric is called '" + support::visible(glob) + "'" +
                            support::did_you_mean(glob, names) + "; there are " +
                            support::enumerate(first_few(names))));
        }
    }
}

/// "eval/loss is that of step 90", or once for all when they agree.
void note_steps(const std::vector<std::pair<std::string, std::string>>& taken,
                std::vector<std::string>& notes) {
    constexpr std::size_t most = 5;
    if (taken.empty()) {
        return;
    }
    const bool same = std::all_of(taken.begin(), taken.end(), [&](const auto& one) {
        return one.second == taken.front().second;
    });
    if (same) {
        notes.push_back("Values are those of " + taken.front().second + ".");
        return;
    }
    std::vector<std::string> each;
    for (std::size_t i = 0; i < taken.size() && i < most; ++i) {
        each.push_back(support::visible(taken[i].first, 60) + " at " + taken[i].second);
    }
    if (taken.size() > most) {
        each.push_back(std::to_string(taken.size() - most) + " more");
    }
    notes.push_back("Values are those of " + support::enumerate(each) + ".");
}

/// "Of several values at one step the last one counts: accuracy at step 2."
void note_repeated_steps(const std::vector<std::pair<std::string, std::int64_t>>& repeated,
                         std::vector<std::string>& notes) {
    constexpr std::size_t most = 5;
    std::vector<std::string> each;
    for (std::size_t i = 0; i < repeated.size() && i < most; ++i) {
        each.push_back(support::visible(repeated[i].first, 60) + " at " +
                       step_text(repeated[i].second));
    }
    if (repeated.size() > most) {
        each.push_back(std::to_string(repeated.size() - most) + " more");
    }
    if (!each.empty()) {
        notes.push_back(
            "Of several values at one step the last one counts: " + support::enumerate(each) + ".");
    }
}

}  // namespace

std::optional<StepRule> parse_step_rule(std::string_view text) {
    using Take = StepRule::Take;
    for (const auto& [name, take] :
         {std::pair("last", Take::last), std::pair("best", Take::best),
          std::pair("highest", Take::highest), std::pair("lowest", Take::lowest)}) {
        if (text == name) {
            return StepRule{take, 0, 0};
        }
    }
    constexpr std::string_view mean = "mean=";
    constexpr std::string_view step = "step=";
    if (text.starts_with(mean)) {
        const auto count = whole_number(text.substr(mean.size()), 1.0);
        return count ? std::optional(
                           StepRule{Take::mean_of_last, 0, static_cast<std::size_t>(*count)})
                     : std::nullopt;
    }
    const auto at = whole_number(text.starts_with(step) ? text.substr(step.size()) : text, -1e15);
    return at ? std::optional(StepRule{Take::at, *at, 0}) : std::nullopt;
}

support::Result<const Run*> select_run(const Recording& recording, const Selection& selection) {
    std::vector<std::string> names;
    std::vector<const Run*> found;
    for (const Run& run : recording.runs) {
        names.push_back(run.id);
        if (selection.run.empty() || run.id == selection.run ||
            (!run.name.empty() && run.name == selection.run)) {
            found.push_back(&run);
        }
        if (!run.name.empty() && run.name != run.id) {
            names.push_back(run.name);
        }
    }
    if (recording.runs.empty()) {
        return support::problem_in(recording.source, "holds no run");
    }
    if (found.empty()) {
        return support::problem_in(
            recording.source, "holds no run '" + support::visible(selection.run) + "'" +
                                  support::did_you_mean(selection.run, names) + "; there are " +
                                  support::enumerate(first_few(names)));
    }
    if (found.size() > 1) {
        std::vector<std::string> ids;
        for (const Run* run : found) {
            ids.push_back(run->id);
        }
        return support::problem_in(
            recording.source,
            (selection.run.empty()
                 ? "holds " + support::count_of(ids.size(), "run", "runs")
                 : "has more than one run called '" + support::visible(selection.run) + "'") +
                ": " + support::enumerate(first_few(ids)) +
                "; name one by `select: {run: ...}` in the policy, or --candidate-run and "
                "--baseline-run");
    }
    if (found.front()->refused && !selection.allow_unfinished) {
        return *found.front()->refused;
    }
    return found.front();
}

support::Result<evidence::MetricFile> select(const Recording& recording,
                                             const Selection& selection) {
    const auto chosen = select_run(recording, selection);
    if (!chosen.ok()) {
        return chosen.problems();
    }
    const Run& run = **chosen;
    evidence::MetricFile file;
    file.source = recording.source;
    file.metadata = run.metadata;
    file.notes = run.notes;
    if (run.refused) {
        file.notes.push_back(run.refused->message + "; the policy allows it.");
    }
    if (recording.runs.size() > 1) {
        file.notes.push_back("Run " + support::visible(run.id) +
                             (run.name.empty() || run.name == run.id
                                  ? ""
                                  : " (" + support::visible(run.name) + ")") +
                             ".");
    }
    support::Diagnostics problems;
    check_globs(run, selection, recording.source, problems);
    for (const Entry& entry : run.entries) {
        if (wanted(selection, entry.name)) {
            file.entries.push_back(entry);
        }
    }
    std::vector<std::pair<std::string, std::string>> taken;
    std::vector<std::pair<std::string, std::int64_t>> repeated;
    for (const Series& series : run.series) {
        if (!wanted(selection, series.name)) {
            continue;
        }
        Taking taking(series, selection);
        file.entries.push_back(taking.entry());
        if (!taking.taken().empty()) {
            taken.emplace_back(series.name, taking.taken());
        }
        if (const auto step = taking.repeated_step()) {
            repeated.emplace_back(series.name, *step);
        }
    }
    for (Entry& entry : file.entries) {
        entry.conditions.insert(run.conditions.begin(), run.conditions.end());
    }
    std::sort(taken.begin(), taken.end());
    note_steps(taken, file.notes);
    std::sort(repeated.begin(), repeated.end());
    note_repeated_steps(repeated, file.notes);
    std::stable_sort(file.entries.begin(), file.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.name < b.name; });
    for (std::size_t i = 1; i < file.entries.size(); ++i) {
        if (file.entries[i].name == file.entries[i - 1].name) {
            problems.push_back(
                {file.entries[i].where,
                 "the name '" + support::visible(file.entries[i].name) + "' is written twice"});
        }
    }
    if (file.entries.empty() && problems.empty()) {
        problems.push_back(support::problem_in(recording.source, "there is no metric in this run"));
    }
    if (!problems.empty()) {
        return problems;
    }
    return file;
}

}  // namespace metricgate::sources
