#include "history/readers.h"

#include <algorithm>
#include <map>

#include "history/store.h"
#include "sources/mlflow_run.h"
#include "sources/mlflow_tracker.h"
#include "support/text.h"

namespace metricgate::history {

namespace {

using evidence::HistoryPoint;
using sources::MlflowPoint;
using sources::MlflowRun;
using support::Result;

constexpr std::int64_t a_second = 1000;

/// The current value of each metric of a run.
std::map<std::string, MlflowPoint> current_values(const MlflowRun& run) {
    std::map<std::string, MlflowPoint> values = run.latest;
    for (const auto& [name, points] : run.metrics) {
        if (!points.empty()) {
            values[name] = *std::ranges::max_element(points, sources::comes_before);
        }
    }
    return values;
}

HistoryPoint point_of(const MlflowRun& run, const MlflowPoint& value,
                      const evidence::Metadata& metadata) {
    HistoryPoint point;
    point.value = value.value;
    point.key = run.name.empty() ? run.id : run.name;
    point.step = value.step;
    point.time = run.start / a_second;
    point.commit = sources::commit_of(run);
    point.data_digest = value.digest.empty() ? sources::data_digest_of(run) : value.digest;
    point.metadata = metadata;
    point.metadata[std::string(run_key)] = run.id;
    point.where = run.where;
    return point;
}

/// Collects histories from runs that come with the last one first.
class RunHistories {
public:
    explicit RunHistories(const Request& request) : m_request(request) {}

    void add(const MlflowRun& run) {
        if (sources::refusal_of(run)) {
            ++m_left_out;
            return;
        }
        const evidence::Metadata metadata = sources::metadata_of(run);
        for (const auto& [name, flaw] : run.flaws) {
            if (wants(name)) {
                m_problems.push_back(flaw);
            }
        }
        for (const auto& [name, value] : current_values(run)) {
            evidence::History& history = m_histories[name];
            history.metric = name;
            const bool has_room = !m_request.window || history.points.size() < *m_request.window;
            if (wants(name) && has_room) {
                history.points.push_back(point_of(run, value, metadata));
            }
        }
    }

    /// False when each metric that is asked for by name has all points of its window.
    [[nodiscard]] bool wants_more() const {
        return !m_request.window || m_request.metrics.empty() ||
               std::ranges::any_of(m_request.metrics, [&](const std::string& name) {
                   const auto found = m_histories.find(name);
                   return found == m_histories.end() ||
                          found->second.points.size() < *m_request.window;
               });
    }

    Result<Histories> take(const std::string& source) {
        std::vector<std::string> names;
        for (const auto& [name, history] : m_histories) {
            names.push_back(name);
        }
        if (auto absent = absent_metrics(m_request.metrics, names, source); !absent.empty()) {
            m_problems.insert(m_problems.end(), absent.begin(), absent.end());
        }
        if (!m_problems.empty()) {
            return m_problems;
        }
        Histories answer;
        answer.source = source;
        for (auto& [name, history] : m_histories) {
            if (wants(name)) {
                std::ranges::reverse(history.points);
                answer.histories.push_back(std::move(history));
            }
        }
        if (m_left_out > 0) {
            answer.notes.push_back(support::count_of(m_left_out, "run that failed or still runs is",
                                                     "runs that failed or still run are") +
                                   " left out of " + support::visible(source) + ".");
        }
        return answer;
    }

private:
    [[nodiscard]] bool wants(const std::string& name) const {
        return m_request.metrics.empty() ||
               std::ranges::find(m_request.metrics, name) != m_request.metrics.end();
    }

    const Request& m_request;
    std::map<std::string, evidence::History> m_histories;
    support::Diagnostics m_problems;
    std::size_t m_left_out = 0;
};

}  // namespace

Result<Histories> read_mlflow(const Request& request) {
    sources::TrackerEnvironment environment;
    environment.files = request.files;
    environment.variable = request.variable;
    RunHistories histories(request);
    sources::MlflowRuns wanted;
    wanted.current_values = true;
    wanted.goes_on = [&](const MlflowRun& run) {
        histories.add(run);
        return histories.wants_more();
    };
    const auto experiment = sources::read_mlflow_experiment(request.address, environment, wanted);
    if (!experiment.ok()) {
        return experiment.problems();
    }
    auto answer = histories.take(
        request.address.starts_with("mlflow:") ? request.address : "mlflow:" + request.address);
    if (answer.ok()) {
        answer->files = experiment->files;
    }
    return answer;
}

}  // namespace metricgate::history
