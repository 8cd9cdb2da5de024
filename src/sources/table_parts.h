#pragma once

#include <map>
#include <string>
#include <vector>

#include "sources/document.h"
#include "support/files.h"
#include "support/result.h"

namespace metricgate::sources {

/// One file of a table that may have several.
struct TablePart {
    std::string name;  ///< relative to the folder, or empty where the table is one file
    /// What the folders on the way to it say, `key=value`; a null stands for Hive's mark of one.
    std::map<std::string, std::string> keys;
};

/// Hive's name for the folder of rows whose key is null.
inline constexpr std::string_view null_key = "__HIVE_DEFAULT_PARTITION__";

/// The parts of a folder by name: names that begin with `_` or `.` are left out, as are the files
/// below them. A job that is not done, parts with different keys and a folder without parts are
/// problems.
support::Result<std::vector<TablePart>> parts_of(const FileTree& folder, const std::string& source);

}  // namespace metricgate::sources
