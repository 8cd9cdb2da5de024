#include "cli/log_points.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <variant>

#include "cli/taken_run.h"
#include "stats/moments.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::HistoryPoint;
using history::NewPoint;
using support::NumberKind;
using support::Result;

constexpr std::string_view digest_key = "data_digest";
constexpr std::string_view digest_condition = "dataset_digest";

/// Whether the run has no name that its tool or its user gave it. TensorBoard calls the log
/// directory itself `.`.
bool is_nameless(const sources::Run& run) {
    return (run.id.empty() || run.id == ".") && run.name.empty();
}

/// The globs that match some metric of the run.
std::vector<std::string> matching(const std::vector<std::string>& globs, const sources::Run& run) {
    std::vector<std::string> matched;
    for (const std::string& glob : globs) {
        const auto matches = [&](const auto& one) { return support::matches_glob(glob, one.name); };
        if (std::ranges::any_of(run.entries, matches) || std::ranges::any_of(run.series, matches)) {
            matched.push_back(glob);
        }
    }
    return matched;
}

/// The points of one run of a recording.
class RunPoints {
public:
    RunPoints(const sources::Run& run, const LogArguments& arguments, const LogMoment& moment)
        : m_run(run), m_arguments(arguments), m_moment(moment) {}

    support::Diagnostics add_to(LogPoints& all) {
        describe();
        for (const evidence::Entry& entry : m_run.entries) {
            add(entry, all);
        }
        for (const sources::Series& series : m_run.series) {
            add(series, all);
        }
        for (const std::string& note : m_run.notes) {
            all.notes.push_back(
                (m_run.id.empty() ? "" : "run '" + support::visible(m_run.id) + "': ") + note);
        }
        return std::move(m_problems);
    }

private:
    /// What all points of the run share: the command line's word, and the recording's where that
    /// does not differ.
    void describe() {
        m_shared.time = m_moment.time;
        m_shared.commit = m_moment.commit;
        m_shared.data_digest = m_moment.data_digest;
        m_shared.metadata = m_arguments.metadata;
        const std::string run = is_nameless(m_run) ? m_arguments.from.run : m_run.id;
        if (!run.empty()) {
            m_shared.metadata[std::string(history::run_key)] = run;
        }
        for (const auto& [name, value] : m_run.metadata) {
            if (m_run.steps_are_places) {
                continue;  // it is that of the newest commit
            }
            if (name == digest_key) {
                settle(name, value, m_shared.data_digest);
            } else if (!is_step(name)) {
                settle(name, value, m_shared.metadata[name]);
            }
        }
        for (const auto& [name, value] : m_run.conditions) {
            state(name, value, m_shared);
        }
    }

    void settle(const std::string& name, const std::string& recorded, std::string& stated) {
        if (stated.empty()) {
            stated = recorded;
        } else if (stated != recorded) {
            m_problems.push_back(
                usage_problem("'" + support::visible(name) + "' is '" +
                              support::visible(recorded, 60) + "' in what is recorded, and '" +
                              support::visible(stated, 60) + "' is given; leave one of them out"));
        }
    }

    void state(const std::string& name, const std::string& value, HistoryPoint& point) {
        if (name == digest_condition || name == digest_key) {
            settle(name, value, point.data_digest);
        } else {
            point.metadata["conditions." + name] = value;
        }
    }

    /// `metadata.steps.NAME` is the step that log_metric of the Python package was given.
    [[nodiscard]] bool is_step(const std::string& name) const {
        constexpr std::string_view steps = "steps.";
        return name.starts_with(steps) &&
               std::ranges::any_of(m_run.entries, [&](const evidence::Entry& entry) {
                   return entry.name == name.substr(steps.size());
               });
    }

    [[nodiscard]] std::optional<std::int64_t> step_of(const evidence::Entry& entry) const {
        const auto found = m_run.metadata.find("steps." + entry.name);
        if (m_arguments.step || found == m_run.metadata.end()) {
            return m_arguments.step;
        }
        const auto number = support::parse_number(found->second);
        return number.kind == NumberKind::finite && number.value == std::floor(number.value) &&
                       std::abs(number.value) < 1e15
                   ? std::optional(static_cast<std::int64_t>(number.value))
                   : std::nullopt;
    }

    [[nodiscard]] NewPoint begin(const std::string& name, const std::string& unit,
                                 const support::Location& where,
                                 const evidence::Conditions& conditions) {
        NewPoint made;
        made.metric = name;
        made.unit = unit;
        made.point = m_shared;
        made.point.where = where;
        for (const auto& [condition, value] : conditions) {
            if (!m_run.conditions.contains(condition)) {
                state(condition, value, made.point);
            }
        }
        return made;
    }

    void add(const evidence::Entry& entry, LogPoints& all) {
        if (entry.flaw) {
            m_problems.push_back(*entry.flaw);
            m_problems.back().message += "; --metric chooses others";
            return;
        }
        NewPoint made = begin(entry.name, entry.unit, entry.where, entry.conditions);
        made.point.step = step_of(entry);
        if (const auto* samples = std::get_if<evidence::Samples>(&entry.evidence)) {
            if (samples->flaw) {
                m_problems.push_back(*samples->flaw);
                return;
            }
            summarise(samples->values, made.point);
        } else {
            const auto& scalar = std::get<evidence::Scalar>(entry.evidence);
            made.point.value = scalar.value;
            made.point.standard_error = scalar.standard_error;
            made.point.n = scalar.n;
        }
        all.points.push_back(std::move(made));
    }

    /// Without a number of examples: what is repeated are runs.
    static void summarise(const std::vector<double>& values, HistoryPoint& point) {
        const stats::Range range = stats::range_of(values);
        const double scale = stats::safe_scale(range.magnitude());
        const stats::Moments moments = stats::moments_of(values, range, scale);
        point.value = {NumberKind::finite, moments.mean / scale};
        if (values.size() > 1) {
            const double error =
                std::sqrt(moments.variance / static_cast<double>(values.size())) / scale;
            point.standard_error = support::ParsedNumber{NumberKind::finite, error};
        }
    }

    void add(const sources::Series& series, LogPoints& all) {
        if (m_arguments.step) {
            m_problems.push_back(usage_problem("--step: '" + support::visible(series.name) +
                                               "' has steps of its own; leave --step out, or "
                                               "choose one of its values by --series"));
            return;
        }
        const NewPoint made = begin(series.name, series.unit, series.where, series.conditions);
        for (const sources::Point& recorded : series.points) {
            NewPoint point = made;
            point.point.value = recorded.value;
            point.point.standard_error = recorded.standard_error;
            point.point.n = recorded.n;
            if (!m_run.steps_are_places) {
                point.point.step = recorded.step;
            }
            if (recorded.moment > 0) {
                place(m_run.moments[recorded.moment - 1], point);
            }
            all.points.push_back(std::move(point));
        }
    }

    /// What brings its own time is of the past: it was not measured on the commit that is checked
    /// out now.
    void place(const sources::Moment& recorded, NewPoint& added) {
        HistoryPoint& point = added.point;
        if (recorded.time) {
            added.is_copy = true;
            point.time = recorded.time;
            point.commit = m_moment.commit_is_stated ? m_moment.commit : "";
        }
        if (!recorded.commit.empty() && !m_moment.commit_is_stated) {
            point.commit = recorded.commit;
        }
        if (!recorded.data_digest.empty() && m_moment.data_digest.empty()) {
            point.data_digest = recorded.data_digest;
        }
    }

    const sources::Run& m_run;
    const LogArguments& m_arguments;
    const LogMoment& m_moment;
    HistoryPoint m_shared;
    support::Diagnostics m_problems;
};

}  // namespace

Result<LogPoints> typed_points(const LogArguments& arguments, const LogMoment& moment) {
    LogPoints all;
    for (const auto& [name, value] : arguments.values) {
        NewPoint made;
        made.metric = name;
        made.point.value = support::parse_number(value);
        made.point.step = arguments.step;
        made.point.time = moment.time;
        made.point.commit = moment.commit;
        made.point.data_digest = moment.data_digest;
        made.point.metadata = arguments.metadata;
        if (!arguments.from.run.empty()) {
            made.point.metadata[std::string(history::run_key)] = arguments.from.run;
        }
        made.point.where = support::in_file("command line");
        all.points.push_back(std::move(made));
    }
    return all;
}

Result<LogPoints> recorded_points(const sources::Recording& recording,
                                  const LogArguments& arguments, const LogMoment& moment) {
    const bool one = recording.runs.size() == 1 && is_nameless(recording.runs.front());
    const bool all_runs = one || arguments.from.run.empty();
    LogPoints all;
    support::Diagnostics problems;
    std::set<std::string> met;
    std::size_t without = 0;
    for (const sources::Run& run : recording.runs) {
        ConvertArguments chosen = arguments.from;
        if (all_runs) {
            chosen.run = run.id;
            // A run of several need not have all metrics that are asked for; some run must.
            chosen.metrics = matching(arguments.from.metrics, run);
            met.insert(chosen.metrics.begin(), chosen.metrics.end());
            const bool has_none = run.entries.empty() && run.series.empty();
            if (recording.runs.size() > 1 &&
                (has_none || (chosen.metrics.empty() && !arguments.from.metrics.empty()))) {
                ++without;
                continue;
            }
            chosen.metrics = recording.runs.size() > 1 ? chosen.metrics : arguments.from.metrics;
        }
        const auto taken = taken_run(recording, chosen);
        auto found =
            taken.ok() ? RunPoints(*taken, arguments, moment).add_to(all) : taken.problems();
        problems.insert(problems.end(), found.begin(), found.end());
        if (!all_runs) {
            break;  // the one that is named was taken
        }
    }
    for (const std::string& glob : arguments.from.metrics) {
        if (all_runs && recording.runs.size() > 1 && !met.contains(glob)) {
            problems.push_back(
                usage_problem("--metric " + glob + ": matches no metric of any run"));
        }
    }
    if (without > 0) {
        all.notes.push_back(support::count_of(without, "run has", "runs have") +
                            " no metric to record");
    }
    if (problems.empty() && all.points.empty()) {
        return support::problem_in(recording.source, "holds no value to record");
    }
    return problems.empty() ? Result<LogPoints>(std::move(all)) : std::move(problems);
}

LogPoints table_points(const history::Histories& histories, const LogArguments& arguments,
                       const LogMoment& moment) {
    LogPoints all;
    all.notes = histories.notes;
    for (const evidence::History& history : histories.histories) {
        for (const HistoryPoint& row : history.points) {
            NewPoint made{history.metric, history.unit, row, row.time.has_value()};
            HistoryPoint& point = made.point;
            if (moment.commit_is_stated || (point.commit.empty() && !point.time)) {
                point.commit = moment.commit;
            }
            point.time = point.time ? point.time : moment.time;
            point.step = arguments.step ? arguments.step : point.step;
            if (point.data_digest.empty()) {
                point.data_digest = moment.data_digest;
            }
            for (const auto& [name, value] : arguments.metadata) {
                point.metadata[name] = value;
            }
            if (!arguments.from.run.empty()) {
                point.metadata[std::string(history::run_key)] = arguments.from.run;
            }
            all.points.push_back(std::move(made));
        }
    }
    return all;
}

}  // namespace metricgate::cli
