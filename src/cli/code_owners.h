#pragma once

#include <string>
#include <string_view>

namespace metricgate::cli {

/// Whether a CODEOWNERS file gives `path` (relative to the repository's root) an owner: the last
/// pattern that matches decides, and it may name nobody.
bool has_owner(std::string_view code_owners, const std::string& path);

}  // namespace metricgate::cli
