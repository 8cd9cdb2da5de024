#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/folders.h"
#include "policy/policy.h"
#include "support/files.h"

namespace metricgate::cli {

/// Where output goes. A stream that fails is noticed and ends in exit 2.
struct Streams {
    std::ostream& out;
    std::ostream& error;
    bool out_is_terminal = false;
    bool error_is_terminal = false;
    bool color = false;  ///< text reports on `out` are coloured; `run` decides
};

/// Everything outside the arguments that a run may depend on, so that tests and fuzzers own it.
struct World {
    support::FileSystem& files;
    std::map<std::string, std::string> environment;
    std::optional<policy::Date> today = std::nullopt;  ///< in UTC; --now takes its place
    Folders* folders = nullptr;                        ///< what `init` and `doctor` look through
    bool is_process = false;  ///< a run that dies takes old reports along (support/doomed_files.h)
    /// Seconds since 1970 in UTC, of the same moment as `today`; `log --time` takes its place.
    std::optional<std::int64_t> now = std::nullopt;
};

/// The whole program. `arguments` without the program's name. Returns the exit code: 0 pass, 1
/// fail, 2 could not judge, 3 undecided, 70 a bug; never throws.
int run(const std::vector<std::string>& arguments, Streams streams, World world);

}  // namespace metricgate::cli
