#pragma once

#include <string>
#include <vector>

#include "evidence/observed_column.h"
#include "metrics/column_checks.h"
#include "support/catch.h"
#include "support/number.h"
#include "unit/metrics/metric_case.h"

namespace metricgate::test {

/// A column as a reader would observe it, from its cells as they are written.
inline evidence::ObservedColumn column_of(const std::vector<std::string>& cells) {
    evidence::ObservedColumn column;
    evidence::CategoryColumn text;
    for (const std::string& cell : cells) {
        ++column.rows;
        const support::ParsedNumber number = support::parse_number(cell);
        evidence::Flaw* flaw = cell.empty()                                    ? &column.missing
                               : number.kind == support::NumberKind::malformed ? &column.text
                               : number.kind != support::NumberKind::finite    ? &column.non_finite
                                                                               : nullptr;
        if (flaw == nullptr) {
            column.numbers.push_back(number.value);
        } else if (flaw->count++ == 0) {
            flaw->text = cell;
        }
        std::size_t code = 0;
        while (code < text.names.size() && text.names[code] != cell) {
            ++code;
        }
        if (code == text.names.size()) {
            text.names.push_back(cell);
        }
        text.codes.push_back(static_cast<std::uint32_t>(code));
    }
    column.categories = std::move(text);
    return column;
}

/// `count` times the cell.
inline std::vector<std::string> times(std::size_t count, const std::string& cell) {
    return std::vector<std::string>(count, cell);
}

inline std::vector<std::string> operator+(std::vector<std::string> left,
                                          const std::vector<std::string>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

/// 0, 1, ..., count - 1.
inline std::vector<std::string> ramp(int count, int from = 0) {
    std::vector<std::string> cells;
    for (int i = 0; i < count; ++i) {
        cells.push_back(std::to_string(from + i));
    }
    return cells;
}

/// What the metric of that setting finds.
inline metrics::ColumnFinding finding(const std::string& setting,
                                      const std::vector<std::string>& baseline,
                                      const std::vector<std::string>& candidate) {
    const metrics::Metric metric = bound(setting);
    const evidence::ColumnSides sides{column_of(baseline), column_of(candidate)};
    return metrics::column_form(metric.definition)
        ->find(sides, metric.parameters.of_column, {0.95, 0, "column"});
}

inline double found(const std::string& setting, const std::vector<std::string>& baseline,
                    const std::vector<std::string>& candidate) {
    const metrics::ColumnFinding result = finding(setting, baseline, candidate);
    REQUIRE(result.candidate.defined());
    return result.candidate.number();
}

inline std::string reason(const std::string& setting, const std::vector<std::string>& baseline,
                          const std::vector<std::string>& candidate) {
    return finding(setting, baseline, candidate).candidate.reason();
}

inline std::string remark(const metrics::ColumnFinding& result, const std::string& code) {
    for (const metrics::Remark& each : result.remarks) {
        if (each.code == code) {
            return each.text;
        }
    }
    return "";
}

}  // namespace metricgate::test
