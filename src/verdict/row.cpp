#include "verdict/row.h"

#include <utility>

#include "support/counted.h"

namespace metricgate::verdict {

CheckResult start_row(const Rule& rule, const comparison::Comparison& comparison) {
    CheckResult row;
    row.rule = rule;
    row.comparison = comparison;
    row.notes = comparison.notes;
    row.evaluated = true;
    if (comparison.margin) {
        row.margin = comparison.margin->margin;
    }
    return row;
}

CheckResult& answer(CheckResult& row, Status status, std::string reason) {
    row.status = status;
    row.reason = std::move(reason);
    return row;
}

std::string lack_text(const comparison::Insufficient& lack) {
    return "has " + std::to_string(lack.have) + ", needs at least " + std::to_string(lack.need) +
           " " + (lack.need == 1 ? support::singular(lack.of) : lack.of);
}

}  // namespace metricgate::verdict
