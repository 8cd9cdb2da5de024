#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/recording.h"
#include "support/files.h"
#include "support/result.h"

namespace metricgate::sources {

/// What a tracker may look at: the variables by which its own tools are told where the server is
/// and who asks, and files.
struct TrackerEnvironment {
    std::function<std::optional<std::string>(std::string_view)> variable;
    support::FileSystem* files = nullptr;
};

/// What a tracker answered, and what on this machine it was answered from.
struct Fetched {
    Recording recording;
    /// Paths of every file that was read, and of those that belong to one of them, whether they
    /// exist or not (the log of a database): nothing may be written over them.
    std::vector<std::string> files;
};

/// A system that evidence is fetched from by an address, `SCHEME:REST`: one file, one catalog line,
/// one test against the real system. Nothing is fetched unless such an address is given.
struct Tracker {
    std::string_view scheme;
    std::string_view summary;
    /// `address` is what stands behind `SCHEME:`. Secrets never reach a message or the recording.
    support::Result<Fetched> (*fetch)(std::string_view address,
                                      const TrackerEnvironment& environment) = nullptr;
};

const std::vector<Tracker>& trackers();

/// The tracker that an address names, or null.
const Tracker* tracker_of(std::string_view address);

}  // namespace metricgate::sources
