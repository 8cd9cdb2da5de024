#include "policy/names_and_paths.h"

#include <algorithm>
#include <vector>

#include "policy/policy.h"

namespace metricgate::policy {

namespace {

constexpr std::size_t longest_name = 100;

bool is_name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' || byte == '-';
}

bool is_control(char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return code < 0x20 || code == 0x7f;
}

/// What is wrong with a path before it is looked at as a sequence of folders.
std::string form_problem(std::string_view path) {
    if (path.empty() || path.starts_with('-')) {
        return "wanted the path of a file, not an option or the standard input";
    }
    if (path.find(':') != std::string_view::npos) {
        return "wanted a plain path without ':'; a revision or an address is given on the command "
               "line, with --candidate, --baseline or --baseline-rev";
    }
    if (path.starts_with('/') || path.find('\\') != std::string_view::npos) {
        return "wanted a path that is relative, stays inside the repository and separates folders "
               "with /";
    }
    if (std::any_of(path.begin(), path.end(), is_control)) {
        return "wanted a path without control characters";
    }
    return {};
}

}  // namespace

std::string name_problem(std::string_view name) {
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_name_byte)) {
        return "wanted letters, digits, '.', '_' and '-' only";
    }
    return name.size() > longest_name ? "wanted at most 100 characters" : "";
}

std::string path_problem(std::string_view path) {
    const std::string problem = form_problem(path);
    if (!problem.empty()) {
        return problem;
    }
    return resolve_path("", path).empty() ? "wanted a file that stays inside the repository" : "";
}

std::string resolve_path(std::string_view base, std::string_view path) {
    std::vector<std::string_view> parts;
    const std::string whole = std::string(base) + std::string(path);
    // Leading `..` of the base were the user's own choice; a policy may not add to them.
    std::size_t fixed = 0;
    std::size_t start = whole.starts_with('/') ? 1 : 0;
    while (start <= whole.size()) {
        const std::size_t end = std::min(whole.find('/', start), whole.size());
        const std::string_view part = std::string_view(whole).substr(start, end - start);
        const bool in_base = start < base.size();
        if (part == "..") {
            if (parts.size() > fixed) {
                parts.pop_back();
            } else if (in_base && !whole.starts_with('/')) {
                parts.push_back(part);
                ++fixed;
            } else {
                return {};
            }
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
        start = end + 1;
    }
    std::string resolved = whole.starts_with('/') ? "/" : "";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        resolved.append(i == 0 ? "" : "/").append(parts[i]);
    }
    return parts.size() == fixed ? std::string() : resolved;
}

std::string resolve_extends(const std::string& name, const std::string& source) {
    if (!form_problem(name).empty()) {
        return {};
    }
    // `HEAD:policy.yaml` extends `base.yaml` of the same revision.
    const std::size_t colon = source.rfind(':');
    const std::size_t root = colon == std::string::npos ? 0 : colon + 1;
    const std::size_t slash = source.rfind('/');
    const std::size_t folder = slash == std::string::npos || slash < root ? root : slash + 1;
    const std::string path = resolve_path(source.substr(root, folder - root), name);
    return path.empty() ? path : source.substr(0, root) + path;
}

}  // namespace metricgate::policy
