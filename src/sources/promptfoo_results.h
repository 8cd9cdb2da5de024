#pragma once

#include "sources/document.h"
#include "sources/table_reader.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for the results file of promptfoo (`promptfoo eval -o FILE.json`).
bool is_promptfoo_results(const Document& document);

/// One row a test, prompt and provider. A test is known by its variables, since its number changes
/// when another is put before it; its assertions must be the same on both sides. A row whose
/// provider or grader failed has `failed` 1 and neither `success` nor scores: an error says nothing
/// of the model.
support::Result<evidence::Table> read_promptfoo_results(const Document& document,
                                                        const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_promptfoo_results(const Document& document);

}  // namespace metricgate::sources
