#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/history.h"
#include "support/files.h"
#include "support/result.h"

namespace metricgate::history {

/// Which histories are wanted, and what may be looked at for them.
struct Request {
    std::string address;                  ///< a path, or what the source calls its place
    std::vector<std::string> metrics;     ///< names; empty: all
    std::optional<std::uint64_t> window;  ///< the last so many points of each metric; none: all
    std::string revision;                 ///< git: the commit to walk back from; empty: HEAD
    support::Location where;              ///< of the address, for messages
    support::FileSystem* files = nullptr;
    std::function<std::optional<std::string>(std::string_view)> variable;  ///< of the environment
};

/// What a source answered, and what on this machine it was answered from.
struct Histories {
    std::string source;                        ///< what reports call it
    std::vector<evidence::History> histories;  ///< by metric, ascending
    std::vector<std::string>
        notes;  ///< sentences for the report: a shallow clone, a rename followed
    std::vector<std::string> files;  ///< every file that was read: nothing may be written over them
};

/// A place that values over time are read from: one file, one catalog line, one test.
struct Source {
    std::string_view name;  ///< the word of `from:` in a policy
    std::string_view summary;
    support::Result<Histories> (*read)(const Request& request) = nullptr;
};

const std::vector<Source>& sources();

/// The source of that name, or null.
const Source* source_of(std::string_view name);

}  // namespace metricgate::history
