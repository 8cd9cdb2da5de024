#include "metrics/category_counts.h"
#include "metrics/column_checks.h"
#include "metrics/definitions.h"
#include "support/number.h"

#include <limits>

namespace metricgate::metrics {
namespace {

ColumnFinding find_unseen(const evidence::ColumnSides& sides, const ColumnParameters& /*unused*/,
                          const ColumnChance& /*chance*/) {
    ColumnFinding finding = start_finding(sides);
    if (const std::string problem = non_finite_problem(sides); !problem.empty()) {
        finding.candidate = Value::undefined(problem);
        return finding;
    }
    const auto known = category_counts(*sides.baseline);
    std::vector<std::string> unseen;
    std::uint64_t rows = 0;
    for (const auto& [name, count] : category_counts(*sides.candidate)) {
        if (known.count(name) == 0) {
            unseen.push_back(name);
            rows += count;
        }
    }
    finding.candidate = Value::of(static_cast<double>(unseen.size()));
    if (!unseen.empty()) {
        const double share = static_cast<double>(rows) / static_cast<double>(finding.candidate_n);
        finding.remarks.push_back(
            {"unseen_categories", "Not seen at the baseline: " + quoted(unseen) + ", " +
                                      support::format_short(100.0 * share, 3) +
                                      " % of the candidate's values."});
    }
    return finding;
}

}  // namespace

Definition unseen_categories() {
    Definition definition;
    definition.name = "unseen_categories";
    definition.summary = "number of categories in the candidate's column that the baseline's lacks";
    definition.formula =
        "#{values of the candidate} without those of the baseline; numbers by value, so that 1 is "
        "1.0; empty cells are none";
    definition.direction = Direction::lower_is_better;
    definition.highest = std::numeric_limits<double>::infinity();
    ColumnForm form{find_unseen, always_needs_baseline, 0};
    form.categories = true;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
