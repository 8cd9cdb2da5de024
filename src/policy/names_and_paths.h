#pragma once

#include <string>
#include <string_view>

namespace metricgate::policy {

/// Why `name` cannot be the id of a check or the name of an input, or nothing.
std::string name_problem(std::string_view name);

/// Why `path` cannot stand in a policy, or nothing: it must be a plain relative path that stays in
/// the repository, without a revision, an address or the standard input.
std::string path_problem(std::string_view path);

/// `path` with `.` and `..` resolved, starting in the folder `base` ("" or ending in `/`). Empty
/// when it would go above where `base` starts.
std::string resolve_path(std::string_view base, std::string_view path);

}  // namespace metricgate::policy
