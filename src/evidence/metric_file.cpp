#include "evidence/metric_file.h"

#include <algorithm>

namespace metricgate::evidence {

const Entry* MetricFile::find(std::string_view name) const {
    const auto at = std::lower_bound(
        entries.begin(), entries.end(), name,
        [](const Entry& entry, std::string_view wanted) { return entry.name < wanted; });
    return at != entries.end() && at->name == name ? &*at : nullptr;
}

}  // namespace metricgate::evidence
