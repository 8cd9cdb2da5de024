#include "cli/version.h"

namespace metricgate::cli {

std::string version_text() {
    const std::string known = commit;
    return std::string("metricgate ") + METRICGATE_VERSION +
           (known.empty() ? "" : " (commit " + known + ")");
}

}  // namespace metricgate::cli
