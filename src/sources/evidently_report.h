#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for a report of Evidently as JSON: `metrics` with an `id` and a `value` each (0.7 and
/// later), or with a `metric` and a `result` (before), or the `tests` of a test suite.
bool is_evidently_report(const Document& document);

/// A metric is called as the report calls it, `ValueDrift(column=age,method=K-S
/// p_value,threshold=0.05)`, with the keys of its value behind a dot. `tests.failed` counts the
/// tests that failed or could not be run. The method that a drift score was computed with is its
/// condition: Evidently chooses it by the number of rows, and some are better high, others low.
support::Result<Recording> read_evidently_report(const Document& document);

}  // namespace metricgate::sources
