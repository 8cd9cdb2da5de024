#include "sources/shared_columns.h"

#include <cmath>
#include <map>
#include <string_view>

namespace metricgate::sources {

std::vector<std::uint32_t> differing_rows(const evidence::CategoryColumn& baseline,
                                          const evidence::CategoryColumn& candidate) {
    constexpr std::uint32_t unknown = UINT32_MAX;
    std::map<std::string_view, std::uint32_t> codes;
    for (std::uint32_t code = 0; code < baseline.names.size(); ++code) {
        codes.emplace(baseline.names[code], code);
    }
    std::vector<std::uint32_t> as_baseline;
    as_baseline.reserve(candidate.names.size());
    for (const std::string& name : candidate.names) {
        const auto found = codes.find(name);
        as_baseline.push_back(found != codes.end() ? found->second : unknown);
    }
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < baseline.codes.size(); ++row) {
        if (as_baseline[candidate.codes[row]] != baseline.codes[row]) {
            rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return rows;
}

std::vector<std::uint32_t> differing_rows(const evidence::NumberColumn& baseline,
                                          const evidence::NumberColumn& candidate) {
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < baseline.values.size(); ++row) {
        const double left = baseline.values[row];
        const double right = candidate.values[row];
        const bool both_nan = std::isnan(left) && std::isnan(right) &&
                              evidence::is_missing(left) == evidence::is_missing(right);
        if (!(left == right || both_nan)) {
            rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return rows;
}

}  // namespace metricgate::sources
