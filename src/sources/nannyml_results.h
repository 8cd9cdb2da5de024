#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for results of NannyML as CSV, `results.to_df().to_csv(FILE)`: a row a chunk under a header
/// of two or three lines, or of one where it was written with `multilevel=False`.
bool is_nannyml_results(const Document& document);

/// One run a period (`reference`, `analysis`) and one value a chunk: `age.jensen_shannon.value`,
/// `roc_auc.value` with its sampling error; `alerts` counts the chunks that NannyML raised one for.
support::Result<Recording> read_nannyml_results(const Document& document);

}  // namespace metricgate::sources
