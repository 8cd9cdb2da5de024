#include "history/sqlite_store.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <utility>

#include "history/metadata_text.h"
#include "history/sqlite_schema.h"
#include "history/sqlite_writer.h"
#include "sources/sqlite_database.h"
#include "support/folder_lock.h"
#include "support/text.h"

namespace metricgate::history {

namespace {

using evidence::HistoryPoint;
using sources::SqliteDatabase;
using sources::SqliteRows;
using sources::SqliteType;
using support::Done;
using support::NumberKind;
using support::Result;

constexpr std::size_t largest_store = std::size_t{1} << 40;
constexpr std::size_t most_points = 5'000'000;
constexpr int wait_milliseconds = 60'000;

/// Reads the points of one metric after the other.
class PointReader {
public:
    explicit PointReader(const SqliteDatabase& database)
        : m_database(database), m_where(support::in_file(database.source())) {}

    Result<std::vector<HistoryPoint>> read(std::int64_t metric,
                                           std::optional<std::uint64_t> window) {
        SqliteRows found = m_database.rows(
            "SELECT p.time, p.value, p.standard_error, p.n, p.step, r.commit_id, r.run, r.attempt, "
            "p.circumstances, r.id FROM points p LEFT JOIN runs r ON r.id = p.run WHERE p.metric = "
            "? ORDER BY p.time DESC, p.id DESC LIMIT ?");
        constexpr std::uint64_t all = most_points + 1;
        found.bind(1, metric).bind(2,
                                   static_cast<std::int64_t>(std::min(window.value_or(all), all)));
        std::vector<HistoryPoint> points;
        while (found.next()) {
            if (++m_points > most_points) {
                return support::problem_in(m_database.source(),
                                           "more than " +
                                               support::count_of(most_points, "point", "points") +
                                               " are asked for; name metrics, or a window");
            }
            auto point = point_of(found);
            if (!point.ok()) {
                return point.problems();
            }
            points.push_back(std::move(point).value());
        }
        if (const auto done = found.finish(); !done.ok()) {
            return done.problems();
        }
        std::ranges::reverse(points);
        return points;
    }

private:
    [[nodiscard]] support::Diagnostic damaged(const std::string& what) const {
        return support::problem_in(m_database.source(),
                                   "the store is damaged: " + what + "; restore it from a copy");
    }

    Result<HistoryPoint> point_of(const SqliteRows& found) {
        HistoryPoint point;
        point.where = m_where;
        const auto is_whole = [&](int column) {
            return found.type(column) == SqliteType::integer ||
                   found.type(column) == SqliteType::null;
        };
        const bool right = found.type(0) == SqliteType::integer && found.is_number(1) &&
                           (found.is_number(2) || found.type(2) == SqliteType::null) &&
                           is_whole(3) && is_whole(4);
        if (!right) {
            return damaged("a point holds something else than numbers");
        }
        point.time = found.integer(0);
        point.value = {NumberKind::finite, found.real(1)};
        if (found.is_number(2)) {
            point.standard_error = support::ParsedNumber{NumberKind::finite, found.real(2)};
        }
        if (found.type(3) == SqliteType::integer) {
            point.n = static_cast<std::uint64_t>(std::max<std::int64_t>(found.integer(3), 0));
        }
        if (found.type(4) == SqliteType::integer) {
            point.step = found.integer(4);
        }
        if (!std::isfinite(point.value.value) ||
            (point.standard_error && !std::isfinite(point.standard_error->value))) {
            return damaged("the value of a point is infinite");
        }
        if (found.type(9) != SqliteType::integer) {
            return damaged("a point names a run that is not there");
        }
        if (const auto done = describe(found.integer(8), point); !done.ok()) {
            return done.problems();
        }
        point.commit = found.text(5);
        for (const auto& [key, column] : {std::pair(run_key, 6), std::pair(attempt_key, 7)}) {
            if (found.size(column) > 0) {
                point.metadata[std::string(key)] = found.text(column);
            }
        }
        point.key = key_of(point);
        return point;
    }

    /// Digest and metadata, which many points share.
    Result<Done> describe(std::int64_t circumstances, HistoryPoint& point) {
        auto known = m_shared.find(circumstances);
        if (known == m_shared.end()) {
            SqliteRows found =
                m_database.rows("SELECT data_digest, metadata FROM circumstances WHERE id = ?");
            found.bind(1, circumstances);
            if (!found.next()) {
                return damaged("a point names circumstances that are not there");
            }
            auto metadata = metadata_of(found.text(1), point.where);
            if (!metadata.ok()) {
                return metadata.problems();
            }
            known =
                m_shared
                    .emplace(circumstances, std::pair(found.text(0), std::move(metadata).value()))
                    .first;
        }
        point.data_digest = known->second.first;
        point.metadata = known->second.second;
        return Done{};
    }

    const SqliteDatabase& m_database;
    support::Location m_where;
    std::map<std::int64_t, std::pair<std::string, evidence::Metadata>> m_shared;
    std::size_t m_points = 0;
};

struct StoredMetric {
    std::int64_t id = 0;
    std::string unit;
};

class SqliteStore final : public Store {
public:
    SqliteStore(std::string path, support::FileSystem& files, support::PathTrust trust,
                std::string root)
        : m_path(std::move(path)), m_files(files), m_trust(trust), m_root(std::move(root)) {}

    Result<Appended> append(const std::vector<NewPoint>& points) override {
        if (auto problems = check_points(points); !problems.empty()) {
            return problems;
        }
        const bool exists = m_files.exists(m_path);
        if (exists && !m_files.identify(m_path).known) {
            return support::problem_in(m_path, "is no regular file; name another store");
        }
        if (m_files.is_folder(m_path)) {
            return support::problem_in(m_path, "is a folder; name a file in it");
        }
        // One that was stopped before it had written anything leaves an empty file.
        std::error_code unknown;
        const bool is_new = !exists || std::filesystem::file_size(m_path, unknown) == 0;
        // Two that make it at once would be in each other's way while they choose the WAL.
        std::unique_ptr<support::FolderLock> lock;
        if (is_new) {
            auto taken = support::lock_folder_of(m_path);
            if (!taken.ok()) {
                return taken.problems();
            }
            lock = std::move(taken).value();
        }
        const auto database = SqliteDatabase::for_writing(m_path, m_path, wait_milliseconds);
        if (!database.ok()) {
            return database.problems();
        }
        if (is_new) {
            if (const auto done = choose_wal(*database); !done.ok()) {
                return done.problems();
            }
        }
        return append_to(*database, points);
    }

    [[nodiscard]] Result<std::vector<evidence::History>> read(const Query& query) const override {
        const auto database = open_to_read();
        if (!database.ok()) {
            return database.problems();
        }
        const auto held = metrics_of(*database);
        if (!held.ok()) {
            return held.problems();
        }
        std::vector<std::string> names = names_of(*held);
        if (auto absent = absent_metrics(query.metrics, names, m_path); !absent.empty()) {
            return absent;
        }
        if (!query.metrics.empty()) {
            names = query.metrics;
            std::ranges::sort(names);
            names.erase(std::unique(names.begin(), names.end()), names.end());
        }
        PointReader reader(*database);
        std::vector<evidence::History> histories;
        for (const std::string& name : names) {
            const StoredMetric& metric = held->at(name);
            auto points = reader.read(metric.id, query.window);
            if (!points.ok()) {
                return points.problems();
            }
            histories.push_back({name, metric.unit, std::move(points).value()});
        }
        return histories;
    }

    [[nodiscard]] Result<std::vector<std::string>> metrics() const override {
        const auto database = open_to_read();
        if (!database.ok()) {
            return database.problems();
        }
        const auto held = metrics_of(*database);
        return held.ok() ? Result<std::vector<std::string>>(names_of(*held)) : held.problems();
    }

    [[nodiscard]] std::vector<std::string> files() const override {
        // SQLite looks for these beside it, and takes what stands there for its own.
        return {m_path, m_path + "-wal", m_path + "-shm", m_path + "-journal"};
    }

private:
    using Metrics = std::map<std::string, StoredMetric>;

    [[nodiscard]] Result<SqliteDatabase> open_to_read() const {
        // What is no file, and what lies outside the repository, is refused by the file system.
        const auto bytes = m_files.read(m_path, largest_store, m_trust, m_root);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        if (bytes->view().empty()) {
            return support::problem_in(m_path, "is empty; nothing was logged to it");
        }
        if (!sources::is_sqlite(bytes->view())) {
            return support::problem_in(m_path,
                                       "is no SQLite database, so no store; a store of JSON lines "
                                       "has a name that ends in .jsonl");
        }
        auto database = SqliteDatabase::own_at_path(m_path, m_path);
        if (!database.ok()) {
            return database;
        }
        const auto checked = check_schema(*database);
        return checked.ok() ? std::move(database) : Result<SqliteDatabase>(checked.problems());
    }

    static Result<Done> choose_wal(const SqliteDatabase& database) {
        const auto pages = database.pragma("page_count");
        if (!pages.ok()) {
            return pages.problems();
        }
        return *pages > 0 ? Result<Done>(Done{}) : database.run("PRAGMA journal_mode=WAL");
    }

    static Result<Appended> append_to(const SqliteDatabase& database,
                                      const std::vector<NewPoint>& points) {
        if (const auto begun = database.run("BEGIN IMMEDIATE"); !begun.ok()) {
            return begun.problems();
        }
        const auto migrated = migrate(database);
        auto appended =
            migrated.ok() ? write_points(database, points) : Result<Appended>(migrated.problems());
        if (!appended.ok()) {
            // Where it cannot be undone now, the end of the connection undoes it.
            static_cast<void>(database.run("ROLLBACK"));
            return appended;
        }
        const auto done = database.run("COMMIT");
        return done.ok() ? std::move(appended) : Result<Appended>(done.problems());
    }

    static Result<Metrics> metrics_of(const SqliteDatabase& database) {
        Metrics metrics;
        SqliteRows found = database.rows("SELECT id, name, unit FROM metrics");
        while (found.next()) {
            metrics[found.text(1)] = {found.integer(0), found.text(2)};
        }
        const auto done = found.finish();
        return done.ok() ? Result<Metrics>(std::move(metrics)) : done.problems();
    }

    static std::vector<std::string> names_of(const Metrics& metrics) {
        std::vector<std::string> names;
        for (const auto& [name, metric] : metrics) {
            names.push_back(name);
        }
        return names;
    }

    std::string m_path;
    support::FileSystem& m_files;
    support::PathTrust m_trust;
    std::string m_root;
};

}  // namespace

std::unique_ptr<Store> sqlite_store(const std::string& path, support::FileSystem& files,
                                    support::PathTrust trust, const std::string& root) {
    return std::make_unique<SqliteStore>(path, files, trust, root);
}

}  // namespace metricgate::history
