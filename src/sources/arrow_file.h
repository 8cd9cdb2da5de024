#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "sources/cell_sink.h"
#include "support/files.h"
#include "support/library_versions.h"
#include "support/result.h"

namespace metricgate::sources {

/// A Parquet or Arrow file that was opened: its columns can be told, and read piece by piece. What
/// stands behind it is Arrow C++ where the program was built with it (METRICGATE_PARQUET), else
/// nothing can be opened.
class ArrowFile {
public:
    virtual ~ArrowFile() = default;

    /// The columns at the top of the schema, in its order.
    [[nodiscard]] virtual const std::vector<std::string>& columns() const = 0;
    /// Why column number `index` cannot be read (it holds lists, dates, bytes), or empty.
    [[nodiscard]] virtual std::string unreadable(std::size_t index) const = 0;
    /// Hands the cells of each column that has a sink to it, in the order of the rows, and at most
    /// `most` rows of each. Only those columns are read. Gives back how many rows that were. Null
    /// is no sink.
    virtual support::Result<std::size_t> read(const std::vector<CellSink*>& sinks,
                                              std::size_t most) = 0;
};

using OpenedArrowFile = support::Result<std::unique_ptr<ArrowFile>>;

/// Whether this program can open any.
bool arrow_is_built_in() noexcept;

/// The version of Arrow C++.
support::LibraryVersion arrow_version();

OpenedArrowFile open_parquet_file(const support::Bytes& bytes, const std::string& source);
OpenedArrowFile open_arrow_file(const support::Bytes& bytes, const std::string& source);

}  // namespace metricgate::sources
