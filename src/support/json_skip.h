#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "support/node.h"

namespace metricgate::support {

/// A part of a document that nobody reads: what models said in an evaluation log, which is nearly
/// all of it. Its syntax is checked, but not its keys, and it is left empty in the tree.
struct JsonSkip {
    /// Keys from the root, each `KEY`, `*` for any, `!KEY` for any other, or `[]` for the items of
    /// a list.
    std::vector<std::string_view> path;
    /// Skip not the value at `path` but all lists in it, however deep.
    bool only_lists = false;
};

/// As `parse_json`, without what `skips` name: at most 64 of them.
Result<Node> parse_json_without(std::string_view bytes, std::string_view file,
                                DocumentLimits limits, const std::vector<JsonSkip>& skips);

}  // namespace metricgate::support
