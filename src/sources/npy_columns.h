#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sources/cell_sink.h"
#include "sources/npy_header.h"

namespace metricgate::sources {

/// One column of an array: where its cells stand in the bytes of the file.
struct NpyColumn {
    std::string name;
    NpyField field;
    std::size_t start = 0;
    std::size_t stride = 0;
    std::size_t rows = 0;
};

/// The columns of an array, `name` before each: of an .npz the name of the array, of an .npy
/// nothing. None for an array that is no table (a single number, three dimensions).
std::vector<NpyColumn> columns_of(const NpyHeader& header, const std::string& name);

/// Why the column cannot be read, or empty.
std::string unreadable(const NpyColumn& column);

/// Hands at most `most` cells of a readable column to `sink`.
void put_cells(std::string_view bytes, const NpyColumn& column, std::size_t most, CellSink& sink);

}  // namespace metricgate::sources
