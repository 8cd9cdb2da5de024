#include "evidence/history.h"

namespace metricgate::evidence {

const std::string& fact_of(const HistoryPoint& point, std::string_view name) {
    static const std::string none;
    const auto found = point.metadata.find(std::string(name));
    return found == point.metadata.end() ? none : found->second;
}

}  // namespace metricgate::evidence
