#pragma once

#include <string>
#include <vector>

#include "cli/origin.h"

namespace metricgate::cli {

enum class CiSystem { none, github, gitlab };

/// Which CI a repository uses, by its files, else by the host of its git remotes.
CiSystem find_ci(const std::vector<std::string>& files, Opener& opener);

/// Whether a CI reads a file: .github/workflows/*.yml, .gitlab-ci.yml, .gitlab/**.yml, and in any
/// folder a Jenkinsfile or azure-pipelines.yml.
bool is_ci_file(const std::string& path);

}  // namespace metricgate::cli
