#pragma once

#include <string>
#include <vector>

#include "cli/find_evidence.h"
#include "cli/origin.h"
#include "support/result.h"

namespace metricgate::cli {

/// A policy written for a repository, with what was tried on it.
struct WrittenPolicy {
    std::string text;
    std::string kind;                   ///< "a table judged like metricgate:classifier"
    std::vector<std::string> checks;    ///< ids; each passes on the present files and can go red
    std::vector<std::string> left_out;  ///< "recall: too little data ...", as in its comments
};

/// Writes a commented policy for the evidence: the checks of the shipped gate that fits, or one a
/// recorded metric, with margins that this much data can police. Every check is judged on the
/// present files and put through the self-test; a check that does not pass gets a wider margin, and
/// one that cannot pass or cannot go red is left out, with the reason as a comment. A problem when
/// none is left.
support::Result<WrittenPolicy> write_policy(const FoundEvidence& evidence, Opener& opener);

}  // namespace metricgate::cli
