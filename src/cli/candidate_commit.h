#pragma once

#include <string>

#include "cli/load.h"

namespace metricgate::cli {

/// A problem where a candidate must not be taken for an attempt at the commit that its file names.
/// Attempts are judged as their mean, so that a file which names an older, better commit would have
/// half of its loss hidden. It may be an attempt at a commit that has no points yet, at HEAD or
/// what a merge at HEAD takes in, and at the commit that the file was read from; where there is no
/// repository, at the one that each history ends with. `loaded` has its histories and candidate.
support::Result<support::Done> may_be_attempt_at(const std::string& commit,
                                                 const LoadedInput& loaded, Opener& opener);

/// A sentence where the value that is judged may not be HEAD's: it is of another commit, or of
/// none, while HEAD has values; with `wants_head` also of another commit of this repository while
/// HEAD has none. Else empty. `history` is the past of the metric.
std::string note_of_head(const evidence::History& history, const evidence::HistoryPoint& judged,
                         bool wants_head, Opener& opener);

}  // namespace metricgate::cli
