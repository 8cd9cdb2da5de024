// Patterns as GitHub and GitLab document them: gitignore's, without negation and ranges.

#include "cli/code_owners.h"

#include <algorithm>
#include <vector>

namespace metricgate::cli {
namespace {

/// `*` and `?` stay within one folder, `**` does not.
bool matches(std::string_view pattern, std::string_view path) {
    if (pattern.empty()) {
        return path.empty();
    }
    if (pattern.starts_with("**/")) {
        const auto rest = pattern.substr(3);
        for (std::size_t at = 0; at <= path.size(); ++at) {
            const bool at_folder = at == 0 || path[at - 1] == '/';
            if (at_folder && matches(rest, path.substr(at))) {
                return true;
            }
        }
        return false;
    }
    if (pattern.starts_with("**")) {
        for (std::size_t at = 0; at <= path.size(); ++at) {
            if (matches(pattern.substr(2), path.substr(at))) {
                return true;
            }
        }
        return false;
    }
    if (pattern.front() == '*') {
        for (std::size_t at = 0; at <= path.size(); ++at) {
            if (matches(pattern.substr(1), path.substr(at))) {
                return true;
            }
            if (at < path.size() && path[at] == '/') {
                return false;
            }
        }
        return false;
    }
    if (path.empty()) {
        return false;
    }
    const bool same =
        pattern.front() == path.front() || (pattern.front() == '?' && path.front() != '/');
    return same && matches(pattern.substr(1), path.substr(1));
}

/// A pattern of a folder is for all that stands in it.
bool covers(std::string_view pattern, const std::string& path) {
    const bool folder = pattern.ends_with('/');
    if (folder) {
        pattern.remove_suffix(1);
    }
    const bool rooted = pattern.find('/') != std::string_view::npos;
    if (pattern.starts_with('/')) {
        pattern.remove_prefix(1);
    }
    const std::string anywhere = (rooted ? "" : "**/") + std::string(pattern);
    // `docs/*` is for the files right in the folder, `docs/` and `docs/**` are for all below it.
    const bool shallow = pattern.ends_with("/*") || pattern == "*";
    return (!folder && matches(anywhere, path)) || (!shallow && matches(anywhere + "/**", path));
}

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> found;
    while (true) {
        const auto start = line.find_first_not_of(" \t\r");
        if (start == std::string_view::npos || line[start] == '#') {
            return found;
        }
        line.remove_prefix(start);
        const auto end = std::min(line.find_first_of(" \t\r"), line.size());
        found.push_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

}  // namespace

bool has_owner(std::string_view code_owners, const std::string& path) {
    bool owned = false;
    while (!code_owners.empty()) {
        const auto end = std::min(code_owners.find('\n'), code_owners.size());
        const auto line = words(code_owners.substr(0, end));
        code_owners.remove_prefix(std::min(code_owners.size(), end + 1));
        // GitLab's sections stand in brackets.
        if (!line.empty() && line[0].front() != '[' && line[0].front() != '^' &&
            covers(line[0], path)) {
            owned = line.size() > 1;
        }
    }
    return owned;
}

}  // namespace metricgate::cli
