#include "cli/version.h"

#include <algorithm>
#include <vector>

#include <CLI/Version.hpp>

#include "sources/library_versions.h"
#include "stats/library_versions.h"
#include "support/library_versions.h"

namespace metricgate::cli {

std::string version_text() {
    const std::string known = commit;
    return std::string("metricgate ") + METRICGATE_VERSION +
           (known.empty() ? "" : " (commit " + known + ")");
}

std::string libraries_text() {
    std::vector<std::string> lines = {support::describe({"CLI11", CLI11_VERSION, ""})};
    for (const auto& room :
         {support::library_versions(), stats::library_versions(), sources::library_versions()}) {
        for (const support::LibraryVersion& library : room) {
            lines.push_back(support::describe(library));
        }
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) {
        text += line + "\n";
    }
    return text;
}

}  // namespace metricgate::cli
