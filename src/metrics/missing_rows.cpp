#include "metrics/missing_rows.h"

#include <algorithm>
#include <optional>
#include <set>

#include "metrics/used_columns.h"

namespace metricgate::metrics {
namespace {

/// Marks the rows of a column that hold nothing.
void mark(const UsedColumn& column, const evidence::Examples& examples, std::vector<bool>& empty) {
    empty.resize(examples.rows, false);
    if (column.number != nullptr) {
        for (std::size_t row = 0; row < examples.rows; ++row) {
            empty[row] = empty[row] || evidence::is_missing(column.number->values[row]);
        }
        return;
    }
    const std::optional<std::uint32_t> code = missing_code(column, examples);
    for (std::size_t row = 0; code && row < examples.rows; ++row) {
        empty[row] = empty[row] || column.category->codes[row] == *code;
    }
}

std::size_t marked(const std::vector<bool>& empty) {
    return static_cast<std::size_t>(std::ranges::count(empty, true));
}

}  // namespace

MissingRows count_missing(const std::vector<const Metric*>& metrics,
                          const evidence::Examples& examples) {
    std::set<const void*> seen;
    std::vector<bool> baseline;
    std::vector<bool> candidate;
    std::vector<bool> shared;
    for (const Metric* metric : metrics) {
        for (const UsedColumn& column : used_columns(*metric, examples)) {
            const evidence::Flaw* missing = column.number != nullptr     ? &column.number->missing
                                            : column.category != nullptr ? &column.category->missing
                                                                         : nullptr;
            if (missing == nullptr || missing->count == 0 || !seen.insert(missing).second) {
                continue;
            }
            mark(column, examples,
                 !column.side                                ? shared
                 : *column.side == evidence::Side::candidate ? candidate
                                                             : baseline);
        }
    }
    return {marked(baseline), marked(candidate), marked(shared)};
}

}  // namespace metricgate::metrics
