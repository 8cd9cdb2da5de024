#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/origin.h"
#include "history/catalog.h"
#include "history/store.h"
#include "support/result.h"

namespace metricgate::cli {

/// What all values of one call share, unless what they are read from says otherwise.
struct LogMoment {
    std::int64_t time = 0;  ///< seconds since 1970 in UTC
    std::string commit;
    bool commit_is_stated = false;  ///< typed, or that of a file that was read from a commit
    std::string data_digest;
};

/// The values of a call, and what there is to say of them.
struct LogPoints {
    std::vector<history::NewPoint> points;
    std::vector<std::string> notes;  ///< sentences
};

/// Values as they were typed.
support::Result<LogPoints> typed_points(const LogArguments& arguments, const LogMoment& moment);

/// Values of everything that a recording holds, run by run. Those that bring their own time are
/// copies, and belong to the commit that they bring, or to one that was stated, never to HEAD.
/// Repeated measurements become their mean with its standard error. An entry that is no number is a
/// problem, and so is a fact that the recording and the command line state differently.
support::Result<LogPoints> recorded_points(const sources::Recording& recording,
                                           const LogArguments& arguments, const LogMoment& moment);

/// The same of a table, whose rows may have a commit, a step, a time and a data digest each.
LogPoints table_points(const history::Histories& histories, const LogArguments& arguments,
                       const LogMoment& moment);

}  // namespace metricgate::cli
