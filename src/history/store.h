#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/history.h"
#include "support/files.h"
#include "support/result.h"

namespace metricgate::history {

using evidence::attempt_key;
using evidence::run_key;

/// One value to be stored. It is finite and has a time; its key is not stored, but made when it is
/// read.
struct NewPoint {
    std::string metric;
    std::string unit;
    evidence::HistoryPoint point;
    /// It was recorded elsewhere and brings its own time: where the store holds the same already,
    /// it is passed over, so that a log may be taken again when it has grown.
    bool is_copy = false;
};

/// What became of the points of one call.
struct Appended {
    std::size_t added = 0;
    std::size_t known = 0;  ///< copies that the store held already
};

/// What is read of a store.
struct Query {
    std::vector<std::string> metrics;     ///< names; empty: all
    std::optional<std::uint64_t> window;  ///< the last so many points of each; none: all
};

/// Values over time on disk: an SQLite database, or a file of JSON lines. Nothing is opened before
/// something is asked of it.
class Store {
public:
    virtual ~Store() = default;

    /// Adds all points, or none: the store is made where there is none, migrated where an earlier
    /// version wrote it, and other writers are waited for. Problems: a point that `check_points`
    /// refuses; a step that goes backwards in a metric of the same commit, run and attempt, equal
    /// ones do not; a unit other than the metric's; a store that is damaged, of a later version, or
    /// no store.
    virtual support::Result<Appended> append(const std::vector<NewPoint>& points) = 0;

    /// Histories by metric, ascending; the points of each by time, and in the order in which they
    /// were added where times are equal. Their keys are the first twelve digits of the commit, else
    /// the run, else the step, else the time. A metric that is not there is a problem with near
    /// names, and so is a store that is not there, damaged or of a later version.
    [[nodiscard]] virtual support::Result<std::vector<evidence::History>> read(
        const Query& query) const = 0;

    /// Names of all metrics, ascending.
    [[nodiscard]] virtual support::Result<std::vector<std::string>> metrics() const = 0;

    /// The files that it consists of, whether they exist or not: nothing may be written over them.
    [[nodiscard]] virtual std::vector<std::string> files() const = 0;
};

/// Where `log` appends unless told otherwise.
inline constexpr std::string_view default_store = "metricgate.db";

/// The store at a path: JSON lines where its name ends in `.jsonl`, else SQLite. `files` must
/// outlive it. `trust` and `root` as in `support::FileSystem::read`; a path that is there and is no
/// regular file is a problem when it is used.
std::unique_ptr<Store> open_store(const std::string& path, support::FileSystem& files,
                                  support::PathTrust trust = support::PathTrust::command_line,
                                  const std::string& root = "");

/// What is wrong with points whatever the store: a name that is empty, longer than 500 bytes or has
/// control characters; a value or a standard error that is not finite, a standard error below 0; no
/// time; a commit that is no full id; metadata without a name, or above 8,000 bytes.
support::Diagnostics check_points(const std::vector<NewPoint>& points);

/// What names a point for people, see `Store::read`.
std::string key_of(const evidence::HistoryPoint& point);

/// The problem of a step that goes backwards: the store holds `last`.
support::Diagnostic backward_step(const NewPoint& point, std::int64_t last,
                                  const std::string& store);

/// The problem of a unit that is not the metric's: the store holds `unit`.
support::Diagnostic other_unit(const NewPoint& point, const std::string& unit,
                               const std::string& store);

/// The problem of metrics that are asked for and not there; nothing when all are.
support::Diagnostics absent_metrics(const std::vector<std::string>& wanted,
                                    const std::vector<std::string>& held, const std::string& store);

}  // namespace metricgate::history
