#pragma once

#include <string>

namespace metricgate::sources {

/// A text as the name of an example: itself, or its beginning and a digest of the whole.
std::string short_name(const std::string& text);

}  // namespace metricgate::sources
