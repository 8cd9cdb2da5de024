#pragma once

#include <string>
#include <vector>

#include "cli/origin.h"

namespace metricgate::cli {

enum class CiSystem { none, github, gitlab };

/// Which CI a repository uses, by its files, else by the host of its git remotes.
CiSystem find_ci(const std::vector<std::string>& files, Opener& opener);

/// Whether a file is read by that system: .github/workflows/*.yml, .gitlab-ci.yml, .gitlab/**.yml.
bool is_ci_file(const std::string& path);

}  // namespace metricgate::cli
