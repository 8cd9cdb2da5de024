#include "history/sqlite_schema.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "support/text.h"

namespace metricgate::history {

namespace {

using sources::SqliteDatabase;
using sources::SqliteRows;
using support::Done;
using support::Result;

// The points of a metric lie together, by time: the last ones and all of them are one range of the
// primary key. `points_by_step` answers which step of a run was the last.
constexpr const char* version_1 = R"(
CREATE TABLE metrics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL);
CREATE TABLE runs (id INTEGER PRIMARY KEY, commit_id TEXT NOT NULL, run TEXT NOT NULL, attempt TEXT NOT NULL, UNIQUE (commit_id, run, attempt));
CREATE TABLE circumstances (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, data_digest TEXT NOT NULL, metadata TEXT NOT NULL);
CREATE INDEX circumstances_by_hash ON circumstances (hash);
CREATE TABLE points (metric INTEGER NOT NULL, time INTEGER NOT NULL, id INTEGER NOT NULL, value REAL NOT NULL, standard_error REAL, n INTEGER, step INTEGER, run INTEGER NOT NULL, circumstances INTEGER NOT NULL, PRIMARY KEY (metric, time, id)) WITHOUT ROWID;
CREATE INDEX points_by_step ON points (metric, run, step) WHERE step IS NOT NULL;
)";

constexpr auto all_steps = std::to_array<SchemaStep>({{1, version_1}});

/// The words of each table, index and trigger of the schema by name, but for SQLite's own.
Result<std::map<std::string, std::string>> words_of(const SqliteDatabase& database) {
    std::map<std::string, std::string> words;
    SqliteRows found = database.rows(
        "SELECT name, sql FROM sqlite_master WHERE type <> 'view' AND NOT (type = 'index' AND sql "
        "IS NULL) AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    while (found.next()) {
        words[found.text(0)] = found.text(1);
    }
    if (const auto done = found.finish(); !done.ok()) {
        return done.problems();
    }
    return words;
}

/// What the steps up to `version` make of a new database.
Result<std::map<std::string, std::string>> words_at(std::int64_t version,
                                                    std::span<const SchemaStep> steps) {
    const auto model = SqliteDatabase::in_memory();
    if (!model.ok()) {
        return model.problems();
    }
    for (const SchemaStep& step : steps) {
        if (step.version <= version) {
            if (const auto done = model->run(step.commands); !done.ok()) {
                return done.problems();
            }
        }
    }
    return words_of(*model);
}

/// The version of a store; nothing for a database that has no tables yet.
Result<std::optional<std::int64_t>> version_of(const SqliteDatabase& database,
                                               std::span<const SchemaStep> steps) {
    const auto application = database.pragma("application_id");
    const auto version = database.pragma("user_version");
    const auto words = words_of(database);
    if (!application.ok() || !version.ok() || !words.ok()) {
        return !application.ok() ? application.problems()
               : !version.ok()   ? version.problems()
                                 : words.problems();
    }
    if (*application == 0 && *version == 0 && words->empty()) {
        return std::optional<std::int64_t>{};
    }
    if (*application != store_application) {
        return support::problem_in(database.source(),
                                   "is a database of another program, not a store of metricgate; "
                                   "name another file");
    }
    if (*version > steps.back().version) {
        return support::problem_in(
            database.source(), "the store has version " + std::to_string(*version) +
                                   ", written by a later metricgate; this one knows versions up "
                                   "to " +
                                   std::to_string(steps.back().version) + ": update it");
    }
    if (const auto done = database.refuse_virtual_tables(); !done.ok()) {
        return done.problems();
    }
    const auto wanted = words_at(*version, steps);
    if (!wanted.ok()) {
        return wanted.problems();
    }
    if (*wanted != *words) {
        const auto differs = [&](const auto& entry) {
            const auto other = wanted->find(entry.first);
            return other == wanted->end() || other->second != entry.second;
        };
        const auto odd = std::ranges::find_if(*words, differs);
        return support::problem_in(
            database.source(),
            odd == words->end()
                ? "lacks tables that version " + std::to_string(*version) +
                      " of the store has; restore it from a copy"
                : "'" + support::visible(odd->first) + "' in it is not what version " +
                      std::to_string(*version) +
                      " of the store has; drop what was added, or restore it from a copy");
    }
    return std::optional(*version);
}

}  // namespace

std::span<const SchemaStep> schema_steps() {
    return all_steps;
}

Result<Done> migrate(const SqliteDatabase& database, std::span<const SchemaStep> steps) {
    const auto version = version_of(database, steps);
    if (!version.ok()) {
        return version.problems();
    }
    const std::int64_t held = version->value_or(0);
    if (held == steps.back().version) {
        return Done{};
    }
    for (const SchemaStep& step : steps) {
        if (step.version > held) {
            if (auto done = database.run(step.commands); !done.ok()) {
                return done;
            }
        }
    }
    return database.run("PRAGMA application_id=" + std::to_string(store_application) +
                        "; PRAGMA user_version=" + std::to_string(steps.back().version));
}

Result<Done> check_schema(const SqliteDatabase& database, std::span<const SchemaStep> steps) {
    const auto version = version_of(database, steps);
    if (!version.ok()) {
        return version.problems();
    }
    if (!version->has_value()) {
        return support::problem_in(database.source(),
                                   "is an empty database; nothing was logged to it");
    }
    if (**version != steps.back().version) {
        return support::problem_in(
            database.source(),
            "the store has version " + std::to_string(**version) + ", and is read from version " +
                std::to_string(steps.back().version) + " on; `metricgate log` migrates it");
    }
    return Done{};
}

}  // namespace metricgate::history
