#include "sources/mlflow_database.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Done;
using support::Result;

constexpr std::size_t most_points = 5'000'000;

using Runs = std::unordered_map<std::string, MlflowRun>;

/// Reads runs with all that belongs to them: all runs, or the one whose id is given.
class RunReader {
public:
    RunReader(const SqliteDatabase& database, std::string id)
        : m_database(database), m_id(std::move(id)) {}

    Result<Runs> read() {
        for (auto part : {&RunReader::check_tables, &RunReader::read_runs, &RunReader::read_metrics,
                          &RunReader::read_latest, &RunReader::read_texts, &RunReader::read_digests,
                          &RunReader::read_inputs}) {
            if (const auto done = (this->*part)(); !done.ok()) {
                return done.problems();
            }
        }
        return std::move(m_runs);
    }

private:
    Result<Done> check_tables() {
        for (const char* table :
             {"runs", "metrics", "latest_metrics", "params", "tags", "experiments"}) {
            if (!m_database.has_table(table)) {
                return support::problem_in(
                    m_database.source(),
                    "the database has no table '" + std::string(table) +
                        "' of stored values as MLflow has from 1.2 on; run mlflow db upgrade "
                        "on it, or name another file");
            }
        }
        if (!m_database.has_column("metrics", "is_nan")) {
            return support::problem_in(m_database.source(),
                                       "the database was written by an MLflow that recorded NaN as "
                                       "0; run mlflow db upgrade on it");
        }
        return Done{};
    }

    /// The rows of a query that ends in a condition on the run's id, where one run is read.
    SqliteRows rows(const std::string& query, const std::string& id_column) {
        SqliteRows found =
            m_database.rows(query + (m_id.empty() ? "" : " AND " + id_column + " = ?"));
        if (!m_id.empty()) {
            found.bind(1, m_id);
        }
        return found;
    }

    MlflowRun* find(const std::string& id) {
        const auto found = m_runs.find(id);
        return found == m_runs.end() ? nullptr : &found->second;
    }

    Result<Done> read_runs() {
        SqliteRows found = rows(
            "SELECT r.run_uuid, r.name, r.status, r.lifecycle_stage, r.experiment_id, "
            "r.start_time, e.name FROM runs r LEFT JOIN experiments e ON e.experiment_id = "
            "r.experiment_id WHERE 1",
            "r.run_uuid");
        while (found.next()) {
            MlflowRun run;
            run.id = found.text(0);
            run.name = found.text(1);
            run.status = found.text(2);
            run.lifecycle = found.text(3);
            run.experiment_id = found.text(4);
            run.start = found.integer(5);
            run.experiment = found.text(6);
            run.where = support::in_file(m_database.source());
            m_runs.emplace(run.id, std::move(run));
        }
        return found.finish();
    }

    Result<Done> read_metrics() {
        SqliteRows found =
            rows("SELECT run_uuid, key, value, timestamp, step, is_nan FROM metrics WHERE 1",
                 "run_uuid");
        std::size_t points = 0;
        while (found.next()) {
            if (++points > most_points) {
                return support::problem_in(
                    m_database.source(),
                    "the database holds more than " +
                        support::count_of(most_points, "value", "values") +
                        "; name one run of it by MLFLOW_TRACKING_URI and mlflow:runs/ID");
            }
            if (MlflowRun* run = find(found.text(0)); run != nullptr) {
                run->metrics[found.text(1)].push_back(point_of(found, 2));
            }
        }
        return found.finish();
    }

    Result<Done> read_latest() {
        SqliteRows found =
            rows("SELECT run_uuid, key, value, timestamp, step, is_nan FROM latest_metrics WHERE 1",
                 "run_uuid");
        while (found.next()) {
            if (MlflowRun* run = find(found.text(0)); run != nullptr) {
                run->latest[found.text(1)] = point_of(found, 2);
            }
        }
        return found.finish();
    }

    /// value, timestamp, step and is_nan, from `column` on.
    static MlflowPoint point_of(const SqliteRows& found, int column) {
        MlflowPoint point;
        if (found.is_number(column)) {
            point.value = mlflow_value(found.real(column), found.integer(column + 3) != 0);
        }
        point.timestamp = found.integer(column + 1);
        point.step = found.integer(column + 2);
        return point;
    }

    Result<Done> read_texts() {
        for (auto [table, texts] :
             {std::pair("params", &MlflowRun::params), std::pair("tags", &MlflowRun::tags)}) {
            SqliteRows found = rows(
                "SELECT run_uuid, key, value FROM " + std::string(table) + " WHERE 1", "run_uuid");
            while (found.next()) {
                if (MlflowRun* run = find(found.text(0)); run != nullptr) {
                    (run->*texts)[found.text(1)] = found.text(2);
                }
            }
            if (const auto done = found.finish(); !done.ok()) {
                return done;
            }
        }
        for (auto& [id, run] : m_runs) {
            const auto named = run.tags.find("mlflow.runName");
            if (run.name.empty() && named != run.tags.end()) {
                run.name = named->second;
            }
        }
        return Done{};
    }

    /// From 3.0 on a metric of a logged model says which data set it was measured on. Its value is
    /// taken from `metrics` all the same, because NaN is a plain 0 here.
    Result<Done> read_digests() {
        const auto recorded = m_database.has_optional_table("logged_model_metrics");
        if (!recorded.ok()) {
            return recorded.problems();
        }
        if (!*recorded) {
            return Done{};
        }
        SqliteRows found = rows(
            "SELECT run_id, metric_name, metric_timestamp_ms, metric_step, dataset_digest FROM "
            "logged_model_metrics WHERE dataset_digest IS NOT NULL",
            "run_id");
        using Place = std::tuple<std::string, std::string, std::int64_t, std::int64_t>;
        std::map<Place, std::set<std::string>> digests;
        while (found.next()) {
            digests[{found.text(0), found.text(1), found.integer(2), found.integer(3)}].insert(
                found.text(4));
        }
        for (const auto& [place, names] : digests) {
            const auto& [id, metric, timestamp, step] = place;
            MlflowRun* run = find(id);
            if (run == nullptr || !run->metrics.contains(metric)) {
                continue;
            }
            const std::vector<std::string> sorted(names.begin(), names.end());
            for (MlflowPoint& point : run->metrics[metric]) {
                if (point.timestamp == timestamp && point.step == step) {
                    point.digest = support::enumerate(sorted);
                }
            }
        }
        return found.finish();
    }

    Result<Done> read_inputs() {
        for (const char* table : {"inputs", "datasets"}) {
            const auto recorded = m_database.has_optional_table(table);
            if (!recorded.ok()) {
                return recorded.problems();
            }
            if (!*recorded) {
                return Done{};
            }
        }
        SqliteRows found = rows(
            "SELECT i.destination_id, d.name, d.digest FROM inputs i JOIN datasets d ON "
            "d.dataset_uuid = i.source_id WHERE i.source_type = 'DATASET' AND i.destination_type = "
            "'RUN'",
            "i.destination_id");
        while (found.next()) {
            if (MlflowRun* run = find(found.text(0)); run != nullptr) {
                run->datasets[found.text(1)] = found.text(2);
            }
        }
        return found.finish();
    }

    const SqliteDatabase& m_database;
    std::string m_id;
    Runs m_runs;
};

class DatabaseStore final : public MlflowStore {
public:
    explicit DatabaseStore(SqliteDatabase database) : m_database(std::move(database)) {}

    Result<MlflowRun> run(const std::string& id) override {
        auto runs = RunReader(m_database, id).read();
        if (!runs.ok()) {
            return runs.problems();
        }
        return runs->empty() ? Result<MlflowRun>(no_such_run(m_database.source(), id))
                             : std::move(runs->begin()->second);
    }

    Result<std::string> version_of(const std::string& model, const std::string& alias) override {
        return only_one("SELECT version FROM registered_model_aliases WHERE name = ? AND alias = ?",
                        model, alias, no_such_alias(m_database.source(), model, alias));
    }

    Result<std::string> run_of_version(const std::string& model,
                                       const std::string& version) override {
        const std::string& source = m_database.source();
        const auto found = only_one(
            "SELECT run_id FROM model_versions WHERE name = ? AND version = ? AND current_stage IS "
            "NOT 'Deleted_Internal'",
            model, version, no_such_version(source, model, version));
        if (!found.ok() || !found->empty()) {
            return found;
        }
        const auto logged = m_database.has_optional_table("logged_models");
        if (!logged.ok()) {
            return logged.problems();
        }
        if (*logged) {
            auto of_model = only_one(
                "SELECT m.source_run_id FROM model_versions v JOIN logged_models m ON v.source = "
                "'models:/' || m.model_id WHERE v.name = ? AND v.version = ?",
                model, version, version_without_run(source, model, version));
            if (of_model.ok() && !of_model->empty()) {
                return of_model;
            }
        }
        return version_without_run(source, model, version);
    }

    Result<std::string> latest_run(const std::string& experiment,
                                   const std::vector<TagCondition>& filter) override {
        const auto ids = ids_in(experiment, filter, 1);
        return ids.ok() ? Result<std::string>(ids->front()) : ids.problems();
    }

    Result<std::vector<std::string>> runs_in(const std::string& experiment,
                                             const std::vector<TagCondition>& filter) override {
        constexpr std::int64_t all = -1;
        return ids_in(experiment, filter, all);
    }

private:
    /// By start time, the last one first; at least one.
    Result<std::vector<std::string>> ids_in(const std::string& experiment,
                                            const std::vector<TagCondition>& filter,
                                            std::int64_t most) {
        const auto id =
            only_one("SELECT experiment_id FROM experiments WHERE name = ? AND lifecycle_stage = ?",
                     experiment, "active", no_such_experiment(m_database.source(), experiment));
        if (!id.ok()) {
            return id.problems();
        }
        std::string query =
            "SELECT r.run_uuid FROM runs r WHERE r.experiment_id = ? AND r.lifecycle_stage = "
            "'active'";
        for (const TagCondition& condition : filter) {
            query +=
                " AND EXISTS (SELECT 1 FROM tags t WHERE t.run_uuid = r.run_uuid AND t.key = ? "
                "AND t.value " +
                std::string(condition.equal ? "=" : "<>") + " ?)";
        }
        SqliteRows found =
            m_database.rows(query + " ORDER BY r.start_time DESC, r.run_uuid LIMIT ?");
        found.bind(1, *id);
        int at = 2;
        for (const TagCondition& condition : filter) {
            found.bind(at, condition.key).bind(at + 1, condition.value);
            at += 2;
        }
        found.bind(at, most);
        std::vector<std::string> ids;
        while (found.next()) {
            ids.push_back(found.text(0));
        }
        if (const auto done = found.finish(); !done.ok()) {
            return done.problems();
        }
        if (ids.empty()) {
            return no_run_in(m_database.source(), experiment, filter);
        }
        return ids;
    }

    /// The one row that a name leads to. From 3.10 on a name may stand in several workspaces.
    Result<std::string> only_one(const std::string& query, const std::string& first,
                                 const std::string& second, support::Diagnostic none) {
        SqliteRows found = m_database.rows(query);
        found.bind(1, first).bind(2, second);
        std::vector<std::string> values;
        while (found.next()) {
            values.push_back(found.text(0));
        }
        if (const auto done = found.finish(); !done.ok()) {
            return done.problems();
        }
        if (values.size() > 1) {
            return support::problem_in(m_database.source(),
                                       "'" + support::visible(first) +
                                           "' is in several workspaces of the store; name the run "
                                           "by mlflow:runs/ID");
        }
        return values.empty() ? Result<std::string>(std::move(none)) : values.front();
    }

    SqliteDatabase m_database;
};

}  // namespace

bool recognises_mlflow_database(const Document& document) {
    if (document.is_folder() || !is_sqlite(document.bytes().view())) {
        return false;
    }
    const auto database = SqliteDatabase::glance_at(document.bytes(), document.source());
    if (database.ok() && database->has_table("runs") && database->has_table("metrics") &&
        database->has_table("experiments")) {
        return true;
    }
    // One that cannot be opened (cut, in WAL mode) is this format's to complain about.
    const std::string_view start = document.bytes().view().substr(0, std::size_t{4} << 20);
    return !database.ok() && start.find("latest_metrics") != std::string_view::npos &&
           start.find("run_uuid") != std::string_view::npos;
}

Result<Recording> read_mlflow_database(const Document& document) {
    const auto database = SqliteDatabase::of_bytes(document.bytes(), document.source());
    if (!database.ok()) {
        return database.problems();
    }
    auto runs = RunReader(*database, "").read();
    if (!runs.ok()) {
        return runs.problems();
    }
    std::vector<MlflowRun> listed;
    for (auto& [id, run] : *runs) {
        listed.push_back(std::move(run));
    }
    if (listed.empty()) {
        return support::problem_in(document.source(), "the database holds no run");
    }
    return recording_of(std::move(listed), document.source());
}

std::unique_ptr<MlflowStore> mlflow_database(SqliteDatabase database) {
    return std::make_unique<DatabaseStore>(std::move(database));
}

}  // namespace metricgate::sources
