#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/load.h"
#include "cli/plan.h"
#include "verdict/judge.h"

namespace metricgate::cli {

/// A row that is still to be judged; independent of all others, so that threads may take them in
/// any order.
using RowTask = std::function<verdict::CheckResult()>;

/// A row whose answer is known without looking at data.
RowTask explained(const verdict::Rule& rule, verdict::Status status, std::string reason);

/// The rows of a check on paired predictions: one, or one a slice or class.
std::vector<RowTask> prediction_rows(const PlannedCheck& check, const PlannedInput& input,
                                     const LoadedInput& loaded);

/// The same where the two sides are different examples: one, or one a class.
std::vector<RowTask> different_rows(const PlannedCheck& check, const PlannedInput& input,
                                    const LoadedInput& loaded);

/// The rows of a check on recorded metrics or samples: one, or one a metric for "*".
std::vector<RowTask> recorded_rows(const PlannedCheck& check, const PlannedInput& input,
                                   const LoadedInput& loaded, std::vector<std::string>& warnings);

/// Why a recorded number cannot be the metric it is called: NaN, an accuracy of 1.7, or one in
/// percent; nothing when it can. Only names that the catalog knows have a range.
std::string unusable_value(const metrics::Metric& metric, const evidence::Entry& entry,
                           const char* side);

/// The row of a check on a history, by its aspect: the chart and limits of the newest value, the
/// comparison with an anchor of the history, or the budget since.
std::vector<RowTask> history_rows(const PlannedCheck& check, const PlannedInput& input,
                                  const LoadedInput& loaded);

/// The rows of a check of columns: one a column.
std::vector<RowTask> column_rows(const PlannedCheck& check, const PlannedInput& input,
                                 const LoadedInput& loaded);

/// Whether the metadata of a side names the data that it was measured on.
bool states_digest(const evidence::MetricFile& file);

/// What only the baseline has: metrics that no check names are `missing` at level warn (block when
/// `strict`), and so is, when `strict`, a data_digest.
std::vector<RowTask> vanished_rows(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                                   bool strict, std::vector<std::string>& warnings);

/// Warns of recorded names that look like a judged one, and of data that only one side names.
void recorded_warnings(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                       std::vector<std::string>& warnings);

/// Warns of newest points that rest on less than half of what is usual in their history, or on less
/// than their anchor.
void history_warnings(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                      std::vector<std::string>& warnings);

}  // namespace metricgate::cli
