#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "evidence/id_column.h"

namespace metricgate::sources {

/// Ids that stand in more than one row.
struct DuplicateIds {
    std::size_t count = 0;            ///< different ids that are repeated
    std::vector<std::string> first;   ///< at most five, in the order of their bytes
    std::array<std::size_t, 2> rows;  ///< the first two rows of the first of them
};

/// Nothing when all ids differ. Costs one pass when the ids are in ascending order, else one hash a
/// row for as long as it runs.
std::optional<DuplicateIds> find_duplicates(const evidence::IdColumn& ids);

}  // namespace metricgate::sources
