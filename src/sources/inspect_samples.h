#pragma once

#include "sources/document.h"
#include "sources/table_reader.h"
#include "support/result.h"

namespace metricgate::sources {

/// One row a sample and epoch of an inspect_ai log. A score is a column, `match`, or a column a
/// key, `parts.a`; C, P, I and N are 1, 0.5, 0 and 0, as inspect counts them. What has no score is
/// an empty cell. Epochs of one sample belong together, and input and target of a sample must be
/// the same on both sides.
support::Result<evidence::Table> read_inspect_samples(const Document& document,
                                                      const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_inspect_samples(const Document& document);

}  // namespace metricgate::sources
