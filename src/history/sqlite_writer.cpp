#include "history/sqlite_writer.h"

#include <map>
#include <tuple>

#include "history/metadata_text.h"
#include "support/hash.h"

namespace metricgate::history {

namespace {

using evidence::HistoryPoint;
using sources::SqliteDatabase;
using sources::SqliteRows;
using support::Done;
using support::Result;

class PointWriter {
public:
    explicit PointWriter(const SqliteDatabase& database)
        : m_database(database),
          m_insert(database.rows(
              "INSERT INTO points (metric, time, id, value, standard_error, n, step, run, "
              "circumstances) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")),
          m_same(database.rows("SELECT 1 FROM points WHERE metric = ? AND time = ? AND value = ? "
                               "AND step IS ? AND run = ? LIMIT 1")),
          m_last_step(database.rows(
              "SELECT max(step) FROM points WHERE metric = ? AND run = ? AND step IS NOT NULL")),
          m_last_id(database.rows("SELECT max(id) FROM points WHERE metric = ? AND time = ?")) {}

    Result<Appended> write(const std::vector<NewPoint>& points) {
        Appended appended;
        for (const NewPoint& point : points) {
            const auto added = write(point);
            if (!added.ok()) {
                return added.problems();
            }
            ++(*added ? appended.added : appended.known);
        }
        return appended;
    }

private:
    struct Metric {
        std::int64_t id = 0;
        std::string unit;
    };

    /// False for a copy that is there.
    Result<bool> write(const NewPoint& added) {
        const HistoryPoint& point = added.point;
        const auto metric = metric_of(added);
        const auto run = run_of(point);
        const auto circumstances = circumstances_of(point);
        if (!metric.ok() || !run.ok() || !circumstances.ok()) {
            return !metric.ok() ? metric.problems()
                   : !run.ok()  ? run.problems()
                                : circumstances.problems();
        }
        if (added.is_copy) {
            m_same.reset().bind(1, *metric).bind(2, *point.time).bind(3, point.value.value);
            bind(m_same, 4, point.step);
            const bool known = m_same.bind(5, *run).next();
            if (const auto done = m_same.finish(); !done.ok() || known) {
                return done.ok() ? Result<bool>(false) : done.problems();
            }
        }
        if (point.step) {
            const auto last = last_step(*metric, *run);
            if (!last.ok()) {
                return last.problems();
            }
            if (*last && **last > *point.step) {
                return backward_step(added, **last, m_database.source());
            }
            m_steps[{*metric, *run}] = *point.step;
        }
        const auto last_id = greatest(m_last_id.reset().bind(1, *metric).bind(2, *point.time));
        if (!last_id.ok()) {
            return last_id.problems();
        }
        m_insert.reset()
            .bind(1, *metric)
            .bind(2, *point.time)
            .bind(3, last_id->value_or(0) + 1)
            .bind(4, point.value.value)
            .bind(8, *run)
            .bind(9, *circumstances);
        if (point.standard_error) {
            m_insert.bind(5, point.standard_error->value);
        }
        if (point.n) {
            m_insert.bind(6, static_cast<std::int64_t>(*point.n));
        }
        bind(m_insert, 7, point.step);
        m_insert.next();
        const auto done = m_insert.finish();
        return done.ok() ? Result<bool>(true) : done.problems();
    }

    static void bind(SqliteRows& rows, int at, const std::optional<std::int64_t>& number) {
        if (number) {
            rows.bind(at, *number);
        }
    }

    /// The last step that the store holds of a metric in a run, or that this call has written.
    Result<std::optional<std::int64_t>> last_step(std::int64_t metric, std::int64_t run) {
        const auto known = m_steps.find({metric, run});
        if (known != m_steps.end()) {
            return std::optional(known->second);
        }
        return greatest(m_last_step.reset().bind(1, metric).bind(2, run));
    }

    /// The number that a query for a maximum answers; nothing where it looked at no row.
    static Result<std::optional<std::int64_t>> greatest(SqliteRows& rows) {
        std::optional<std::int64_t> number;
        if (rows.next() && rows.is_number(0)) {
            number = rows.integer(0);
        }
        const auto done = rows.finish();
        return done.ok() ? Result<std::optional<std::int64_t>>(number) : done.problems();
    }

    /// The id of what a statement finds, or of what another one adds then.
    static Result<std::int64_t> found_or_added(SqliteRows find, SqliteRows add) {
        if (find.next()) {
            return find.integer(0);
        }
        const auto done = find.finish();
        return done.ok() ? added_id(std::move(add)) : Result<std::int64_t>(done.problems());
    }

    /// Of an INSERT that returns it.
    static Result<std::int64_t> added_id(SqliteRows add) {
        const std::int64_t id = add.next() ? add.integer(0) : 0;
        while (add.next()) {
        }
        const auto done = add.finish();
        return done.ok() ? Result<std::int64_t>(id) : done.problems();
    }

    Result<std::int64_t> metric_of(const NewPoint& added) {
        auto known = m_metrics.find(added.metric);
        if (known == m_metrics.end()) {
            SqliteRows find = m_database.rows("SELECT id, unit FROM metrics WHERE name = ?");
            Metric metric{0, added.unit};
            if (find.bind(1, added.metric).next()) {
                metric = {find.integer(0), find.text(1)};
            } else if (const auto done = find.finish(); !done.ok()) {
                return done.problems();
            } else {
                SqliteRows add =
                    m_database.rows("INSERT INTO metrics (name, unit) VALUES (?, ?) RETURNING id");
                add.bind(1, added.metric).bind(2, added.unit);
                const auto id = added_id(std::move(add));
                if (!id.ok()) {
                    return id;
                }
                metric.id = *id;
            }
            known = m_metrics.emplace(added.metric, std::move(metric)).first;
        }
        if (!added.unit.empty() && known->second.unit.empty()) {
            SqliteRows change = m_database.rows("UPDATE metrics SET unit = ? WHERE id = ?");
            change.bind(1, added.unit).bind(2, known->second.id).next();
            if (const auto done = change.finish(); !done.ok()) {
                return done.problems();
            }
            known->second.unit = added.unit;
        }
        if (!added.unit.empty() && known->second.unit != added.unit) {
            return other_unit(added, known->second.unit, m_database.source());
        }
        return known->second.id;
    }

    Result<std::int64_t> run_of(const HistoryPoint& point) {
        const std::tuple names(point.commit, fact_of(point, run_key), fact_of(point, attempt_key));
        const auto known = m_runs.find(names);
        if (known != m_runs.end()) {
            return known->second;
        }
        const auto& [commit, run, attempt] = names;
        SqliteRows find =
            m_database.rows("SELECT id FROM runs WHERE commit_id = ? AND run = ? AND attempt = ?");
        SqliteRows add = m_database.rows(
            "INSERT INTO runs (commit_id, run, attempt) VALUES (?, ?, ?) RETURNING id");
        find.bind(1, commit).bind(2, run).bind(3, attempt);
        add.bind(1, commit).bind(2, run).bind(3, attempt);
        auto id = found_or_added(std::move(find), std::move(add));
        if (id.ok()) {
            m_runs.emplace(names, *id);
        }
        return id;
    }

    Result<std::int64_t> circumstances_of(const HistoryPoint& point) {
        evidence::Metadata metadata = point.metadata;
        metadata.erase(std::string(run_key));
        metadata.erase(std::string(attempt_key));
        const std::pair texts(point.data_digest, text_of(metadata));
        const auto known = m_circumstances.find(texts);
        if (known != m_circumstances.end()) {
            return known->second;
        }
        const auto& [digest, text] = texts;
        const auto hash = static_cast<std::int64_t>(support::hash64(digest + "\n" + text));
        SqliteRows find = m_database.rows(
            "SELECT id FROM circumstances WHERE hash = ? AND data_digest = ? AND metadata = ?");
        SqliteRows add = m_database.rows(
            "INSERT INTO circumstances (hash, data_digest, metadata) VALUES (?, ?, ?) RETURNING "
            "id");
        find.bind(1, hash).bind(2, digest).bind(3, text);
        add.bind(1, hash).bind(2, digest).bind(3, text);
        auto id = found_or_added(std::move(find), std::move(add));
        if (id.ok()) {
            m_circumstances.emplace(texts, *id);
        }
        return id;
    }

    const SqliteDatabase& m_database;
    SqliteRows m_insert;
    SqliteRows m_same;
    SqliteRows m_last_step;
    SqliteRows m_last_id;
    std::map<std::string, Metric> m_metrics;
    std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> m_runs;
    std::map<std::pair<std::string, std::string>, std::int64_t> m_circumstances;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> m_steps;
};

}  // namespace

Result<Appended> write_points(const SqliteDatabase& database, const std::vector<NewPoint>& points) {
    return PointWriter(database).write(points);
}

}  // namespace metricgate::history
