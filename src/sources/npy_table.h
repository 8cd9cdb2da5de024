#pragma once

#include <vector>

#include "sources/document.h"
#include "sources/table_reader.h"

namespace metricgate::sources {

/// An array of numpy: the fields of a structured array, or columns 0, 1, ... of one with one or two
/// dimensions.
bool recognises_npy(const Document& document);
support::Result<evidence::Table> read_npy(const Document& document,
                                          const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_npy(const Document& document);

/// Arrays of numpy in one archive: each is a column; `name.0`, `name.1`, ... are those of one with
/// two dimensions, and `name.field` those of a structured one.
bool recognises_npz(const Document& document);
support::Result<evidence::Table> read_npz(const Document& document,
                                          const std::vector<ColumnRequest>& columns);
support::Result<Outline> outline_npz(const Document& document);

}  // namespace metricgate::sources
