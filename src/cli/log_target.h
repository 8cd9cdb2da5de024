#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/origin.h"
#include "cli/run.h"
#include "history/store.h"
#include "support/result.h"

namespace metricgate::cli {

/// What a call of `log` did.
struct LogOutcome {
    std::string store;
    history::Appended appended;
    std::string commit;     ///< of values that bring none, or empty
    std::int64_t time = 0;  ///< of values that bring none
};

/// Appends to the store that `--store` names. One that was read from in this run is refused.
support::Result<LogOutcome> append_to(const std::string& store,
                                      const std::vector<history::NewPoint>& points, Opener& opener,
                                      const World& world);

/// "recorded 2 values in metricgate.db".
std::string sentence_of(const LogOutcome& outcome);

/// `{"schema": "metricgate.log/1", ...}`, a line.
std::string json_of(const LogOutcome& outcome);

}  // namespace metricgate::cli
