#pragma once

#include <string>
#include <string_view>

namespace metricgate::cli {

/// The text of a file of ci-templates/ that `init` writes, built into the binary; "" when there is
/// none of that name.
std::string template_text(std::string_view name);

}  // namespace metricgate::cli
