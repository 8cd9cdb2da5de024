#pragma once

#include <optional>
#include <string>

#include "cli/load.h"
#include "cli/plan.h"
#include "comparison/comparison.h"

namespace metricgate::cli {

/// The history of a metric; one without points where the input has none.
evidence::History history_of(const LoadedInput& loaded, const std::string& metric);

/// The newest value with what is known of its moment; the number is the candidate's.
evidence::HistoryPoint newest_of(const LoadedInput& loaded, const evidence::Entry& entry);

/// What the anchor's point is called in the history, of a check with an anchor.
std::string anchor_key(const PlannedCheck& check, const LoadedInput& loaded,
                       const evidence::History& history);

/// The value of another input that a path ends at, and the data that it was measured on where it
/// says so.
struct PathEnd {
    double value = 0.0;
    std::string data_digest;
};

/// The path of a check's metric since its anchor, as the history that it names tells it. It ends at
/// `own`, the value that the check judges, where that comes from another input: in place of a
/// file's newest state that no commit holds yet, else behind what the history ends with, unless
/// that is the same value. A problem where the history lacks either end.
comparison::Comparison path_of(const PlannedCheck& check, const LoadedInput& histories,
                               const std::optional<PathEnd>& own);

/// The row with the path that led to it, where the check's anchor names a history.
verdict::CheckResult with_path(verdict::CheckResult row, const PlannedCheck& check,
                               const LoadedInput& histories, const std::optional<PathEnd>& own);

}  // namespace metricgate::cli
