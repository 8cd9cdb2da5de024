#include "metrics/category_counts.h"

#include <vector>

namespace metricgate::metrics {

std::map<std::string, std::uint64_t> category_counts(const evidence::ObservedColumn& column) {
    const evidence::CategoryColumn& cells = *column.categories;
    std::vector<std::uint64_t> by_code(cells.names.size(), 0);
    for (std::size_t row = 0; row < cells.codes.size(); ++row) {
        ++by_code[cells.codes[row]];
    }
    // Names that mean the same number (1 and 1.0) may have codes of their own.
    std::map<std::string, std::uint64_t> counts;
    for (std::size_t code = 0; code < by_code.size(); ++code) {
        const std::string name = evidence::canonical_label(cells.names[code]);
        if (!name.empty() && by_code[code] > 0) {
            counts[name] += by_code[code];
        }
    }
    return counts;
}

}  // namespace metricgate::metrics
