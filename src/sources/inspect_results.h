#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// One entry a score and metric of an inspect_ai log, `match.accuracy`, with `stderr` of the same
/// score as its standard error. With several reducers of the epochs the reducer stands in between:
/// `match.pass_at_2.accuracy`. Task version, data set, epochs, reducer and the options of the
/// scorer are conditions.
support::Result<Recording> read_inspect_results(const Document& document);
bool is_inspect_log(const Document& document);

}  // namespace metricgate::sources
