#pragma once

#include <string>
#include <string_view>

namespace metricgate::support {

/// `text` with "***" in place of what addresses in it may hold of secrets: users and passwords
/// before a host (`http://USER:PASSWORD@HOST`), and values of a query (`?token=VALUE`) other than
/// `filter`, by which runs are chosen. Words that are no address stay as they are.
std::string without_secrets(std::string_view text);

}  // namespace metricgate::support
