#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for the summary of a whylogs profile, `view.to_pandas().to_csv(FILE)`: a row a column of
/// the data.
bool is_whylogs_summary(const Document& document);

/// One entry a column and statistic: `age.distribution/mean`, with the standard error that
/// `distribution/stddev` and `distribution/n` give. Cells that are empty, texts and lists of
/// frequent items are left out.
support::Result<Recording> read_whylogs_summary(const Document& document);

}  // namespace metricgate::sources
