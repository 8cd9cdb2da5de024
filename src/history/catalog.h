#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/history.h"
#include "history/newest.h"
#include "sources/repository.h"
#include "support/files.h"
#include "support/result.h"

namespace metricgate::history {

/// Which histories are wanted, and what may be looked at for them.
struct Request {
    /// A path, or what the source calls its place. git: relative to the repository's root.
    std::string address;
    std::vector<std::string> metrics;     ///< names; empty: all
    std::optional<std::uint64_t> window;  ///< the last so many points of each metric; none: all
    std::string revision;                 ///< git: the commit to walk back from; empty: HEAD
    std::string key;     ///< what names a point: a column of a table, a metadata key; may be empty
    std::string format;  ///< of the files, as `sources` calls it; empty: by content
    support::Location where;  ///< of the address, for messages
    support::FileSystem* files = nullptr;
    support::PathTrust trust = support::PathTrust::command_line;  ///< who chose the address
    std::string root;  ///< what a policy's address must stay in
    /// The repository around the work tree, opened when it is needed first.
    std::function<support::Result<sources::Repository*>()> repository;
    std::function<std::optional<std::string>(std::string_view)> variable;  ///< of the environment
    std::optional<std::int64_t> now;  ///< the clock, seconds since 1970 in UTC; none: there is none
};

/// What a source answered, and what on this machine it was answered from.
struct Histories {
    std::string source;                        ///< what reports call it
    std::vector<evidence::History> histories;  ///< by metric, ascending
    std::vector<std::string>
        notes;  ///< sentences for the report: a shallow clone, a rename followed
    /// git: the newest state of the file. A table: its last row.
    std::optional<NewestState> newest;
    /// git: why that state cannot be judged, as the commit has no such file, or none that can be
    /// read; the points are then of the time before. Empty: it can.
    support::Diagnostics unread;
    std::vector<std::string> files;  ///< every file that was read: nothing may be written over them
};

/// A place that values over time are read from: one file, one catalog line, one test.
struct Source {
    std::string_view name;  ///< the word of `from:` in a policy
    std::string_view summary;
    support::Result<Histories> (*read)(const Request& request) = nullptr;  ///< see read_histories
};

const std::vector<Source>& sources();

/// The source of that name, or null.
const Source* source_of(std::string_view name);

/// Reads from the source of that name, which is one of the catalog. A newest point that lies more
/// than a day ahead of the clock is a problem, see `ahead_of_clock`.
support::Result<Histories> read_histories(std::string_view from, const Request& request);

}  // namespace metricgate::history
