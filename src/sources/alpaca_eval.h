#pragma once

#include "sources/document.h"
#include "sources/table_reader.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for the annotations of AlpacaEval: a list of instructions with the answers of two
/// generators and what the judge preferred.
bool is_alpaca_eval(const Document& document);

/// One row an instruction. `win` is what the judge gave to the second generator: 1, 0, between them
/// where it weighs, and 0.5 for a tie, which AlpacaEval writes as 0 or 1.5. Without a judgement the
/// cell is empty, never 0. Reference and judge must be the same on both sides.
support::Result<evidence::Table> read_alpaca_eval(const Document& document,
                                                  const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_alpaca_eval(const Document& document);

}  // namespace metricgate::sources
