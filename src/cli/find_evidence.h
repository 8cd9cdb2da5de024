#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/origin.h"

namespace metricgate::cli {

/// An evaluation file of the repository, and the baseline's, where that stands beside it.
struct FoundEvidence {
    std::string candidate;
    std::string baseline;             ///< empty: the candidate's path at the base commit
    std::vector<std::string> passed;  ///< other files that would have done
};

/// Looks for an evaluation file among `files`: a table that a shipped gate fits, else a metric file
/// with at least one name of the catalog. Two files of one name, in folders that say `baseline` and
/// `candidate` or the like, are the two sides. Nothing when there is none.
std::optional<FoundEvidence> find_evidence(const std::vector<std::string>& files, Opener& opener);

}  // namespace metricgate::cli
