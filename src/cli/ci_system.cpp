#include "cli/ci_system.h"

#include <algorithm>

namespace metricgate::cli {
namespace {

constexpr std::size_t config_limit = std::size_t{1} << 20;

bool is_yaml(const std::string& path) {
    return path.ends_with(".yml") || path.ends_with(".yaml");
}

bool is_github(const std::string& path) {
    return path.starts_with(".github/workflows/") && is_yaml(path);
}

bool is_gitlab(const std::string& path) {
    return path == ".gitlab-ci.yml" || (path.starts_with(".gitlab/") && is_yaml(path));
}

bool is_named(const std::string& path, const std::string& name) {
    return path == name || path.ends_with("/" + name);
}

}  // namespace

bool is_ci_file(const std::string& path) {
    return is_github(path) || is_gitlab(path) || is_named(path, "Jenkinsfile") ||
           is_named(path, "azure-pipelines.yml") || is_named(path, "azure-pipelines.yaml");
}

CiSystem find_ci(const std::vector<std::string>& files, Opener& opener) {
    if (std::ranges::any_of(files, is_github)) {
        return CiSystem::github;
    }
    if (std::ranges::any_of(files, is_gitlab)) {
        return CiSystem::gitlab;
    }
    const auto config =
        opener.files().read(".git/config", config_limit, support::PathTrust::command_line, "");
    if (!config) {
        return CiSystem::none;
    }
    const std::string text(config->view());
    if (text.find("github.com") != std::string::npos) {
        return CiSystem::github;
    }
    return text.find("gitlab") != std::string::npos ? CiSystem::gitlab : CiSystem::none;
}

}  // namespace metricgate::cli
