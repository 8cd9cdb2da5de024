#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "sources/table_reader.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for the log of OpenAI evals (`oaieval`): JSON lines of which the first holds the `spec` of
/// the run.
bool is_openai_evals(const Document& document);

/// The `final_report`, `accuracy` with its bootstrapped standard error. A log without one is of a
/// run that did not end.
support::Result<Recording> read_openai_evals_report(const Document& document);

/// One row a sample: `correct` of its `match`, and the numbers and texts of its `metrics`. Other
/// records (sampling, errors) make no row.
support::Result<evidence::Table> read_openai_evals(const Document& document,
                                                   const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_openai_evals(const Document& document);

}  // namespace metricgate::sources
