#include "evidence/history.h"

#include <algorithm>
#include <cctype>

namespace metricgate::evidence {

bool is_same_commit(std::string_view a, std::string_view b) {
    const std::size_t digits = std::min(a.size(), b.size());
    return a == b || (digits >= least_digits &&
                      std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(digits),
                                 b.begin(), [](unsigned char x, unsigned char y) {
                                     return std::isxdigit(x) && std::tolower(x) == std::tolower(y);
                                 }));
}

const std::string& fact_of(const HistoryPoint& point, std::string_view name) {
    static const std::string none;
    const auto found = point.metadata.find(std::string(name));
    return found == point.metadata.end() ? none : found->second;
}

}  // namespace metricgate::evidence
