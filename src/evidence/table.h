#pragma once

#include <map>
#include <optional>
#include <string>

#include "evidence/column.h"
#include "evidence/id_column.h"
#include "evidence/observed_column.h"

namespace metricgate::evidence {

/// One prediction file as columns, in the file's row order; only the columns that were asked for.
struct Table {
    std::string source;  ///< what messages call it
    std::size_t rows = 0;
    std::optional<IdColumn> ids;
    std::map<std::string, NumberColumn> numbers;       ///< by column name
    std::map<std::string, CategoryColumn> categories;  ///< by column name; names sorted
    std::map<std::string, ObservedColumn> observed;    ///< by column name; without categories
    /// What the format itself says an example is (the digest of a question), by name: two sides
    /// that say different things of one id are not compared, whatever the policy asks for.
    std::map<std::string, CategoryColumn> contents;
    /// Rows that the format itself says belong together (repeated answers to one question):
    /// clusters, unless the policy binds others.
    std::optional<CategoryColumn> groups;
};

}  // namespace metricgate::evidence
