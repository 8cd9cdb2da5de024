#pragma once

#include <string>

namespace metricgate::cli {

/// The commit that the program was built from, "+" behind it when the sources differed; "" when
/// that is not known. Not in reports: the same version writes the same bytes.
extern const char* const commit;

/// "metricgate 0.1.0 (commit 0123456789ab)".
std::string version_text();

/// The third-party libraries in this program, a line each: "zlib 1.3.1".
std::string libraries_text();

}  // namespace metricgate::cli
