#pragma once

#include "sources/document.h"
#include "sources/table_reader.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for a file of samples of lm-evaluation-harness (`--log_samples`), and for the folder of a
/// run that holds some.
bool is_lm_eval_samples(const Document& document);

/// One row an example, by task and doc_id. A metric is a column, called as in the results file:
/// `acc`, or `exact_match,strict-match` for another filter than `none`. What the example is
/// (`doc_hash`, `target_hash`) must be the same on both sides; the fields of the document are
/// columns too, `doc.subject`.
support::Result<evidence::Table> read_lm_eval_samples(const Document& document,
                                                      const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_lm_eval_samples(const Document& document);

}  // namespace metricgate::sources
