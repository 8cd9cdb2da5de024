#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/origin.h"
#include "cli/plan.h"

namespace metricgate::cli {

/// The files of both sides of one input; several where runs stand in a file each.
struct Sides {
    std::vector<Origin> candidate;
    std::vector<Origin>
        baseline;  ///< empty for one-file inputs, first runs and checks that need none
    bool baseline_absent = false;
    /// Of a one-file input: the file at the commit that was asked for, when it is there.
    std::optional<Origin> before;
    std::vector<std::string> warnings;  ///< sentences
};

/// True where the policy reads inputs of one name alone, so that a SPEC without a name means that
/// one. An input and the same at an anchor read one candidate.
bool reads_one_input(const Plan& plan);

/// True when two origins are one source, also where one is the work tree's file or folder and the
/// other what HEAD's commit holds, unchanged.
bool is_one_source(const Origin& a, const Origin& b, Opener& opener);

/// Finds and reads the files of an input: the command line's, else the policy's paths; the baseline
/// as asked for. The same source on both sides is a problem unless that is allowed.
support::Result<Sides> open_sides(const PlannedInput& input, const CheckArguments& arguments,
                                  bool only_input, const std::string& policy_directory,
                                  Opener& opener);

}  // namespace metricgate::cli
