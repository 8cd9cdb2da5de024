#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"
#include "support/diagnostic.h"
#include "support/node.h"

namespace metricgate::policy {

/// A policy and all it extends as one document: later settings replace earlier ones key by key, and
/// every node keeps the place it was written at, whichever file that was.
struct MergedDocument {
    std::vector<std::string> extends;  ///< sources in the order in which they were applied
    std::optional<support::Node> seed;
    std::optional<support::Node> multiplicity;
    support::Node defaults;  ///< a map
    support::Node inputs;    ///< a map by name
    std::vector<support::Node> checks;
    std::vector<support::Node> waivers;
    bool complete = true;  ///< false when some part could not be read, which was reported
};

MergedDocument merge_documents(std::string_view bytes, const std::string& source,
                               const Extends& extends, support::Diagnostics& problems);

}  // namespace metricgate::policy
