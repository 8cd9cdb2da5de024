#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/plan.h"
#include "evidence/examples.h"

namespace metricgate::cli {

/// A part of the examples that a search may look at: those with one value in one column, or with
/// one value in each of two.
struct SearchPart {
    std::map<std::string, std::string> slice;  ///< column -> value or group of values
    std::vector<std::uint32_t> rows;           ///< of `usable`
    std::size_t before = 0;  ///< examples of it that the baseline has, usable or not
};

struct SearchParts {
    std::vector<SearchPart> parts;  ///< single columns first, in the policy's order
    std::string problem;            ///< why a column cannot be cut, or empty
};

/// All parts that some example of the baseline or some usable row is in. Columns under `cut` are
/// grouped between quantiles of the paired examples, whose slice columns are the baseline's.
SearchParts search_parts(const policy::Slices& slices, const PlannedInput& input,
                         const evidence::Examples& examples, const evidence::Rows& usable);

}  // namespace metricgate::cli
