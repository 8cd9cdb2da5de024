#include <cmath>
#include <limits>

#include "metrics/category_counts.h"
#include "metrics/column_checks.h"
#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

ColumnFinding find_vanished(const evidence::ColumnSides& sides, const ColumnParameters& /*unused*/,
                            const ColumnChance& chance) {
    ColumnFinding finding = start_finding(sides);
    if (const std::string problem = non_finite_problem(sides); !problem.empty()) {
        finding.candidate = Value::undefined(problem);
        return finding;
    }
    if (sides.candidate->is_empty()) {
        finding.candidate = Value::undefined("the candidate's column holds no value");
        return finding;
    }
    const auto before = category_counts(*sides.baseline);
    const auto now = category_counts(*sides.candidate);
    const double allowed = (1.0 - chance.confidence) / static_cast<double>(before.size());
    std::vector<std::string> vanished;
    std::vector<std::string> rare;
    for (const auto& [name, count] : before) {
        if (now.count(name) != 0) {
            continue;
        }
        const double share = static_cast<double>(count) / static_cast<double>(finding.baseline_n);
        const double by_chance = std::pow(1.0 - share, static_cast<double>(finding.candidate_n));
        (by_chance <= allowed ? vanished : rare).push_back(name);
    }
    finding.candidate = Value::of(static_cast<double>(vanished.size()));
    if (!vanished.empty()) {
        finding.remarks.push_back(
            {"vanished_categories", "Gone at the candidate: " + quoted(vanished) + "."});
    }
    if (!rare.empty()) {
        finding.remarks.push_back({"rare_categories",
                                   "Absent, but too rare at the baseline to be missed among so few "
                                   "values: " +
                                       quoted(rare) + "."});
    }
    return finding;
}

}  // namespace

Definition vanished_categories() {
    Definition definition;
    definition.name = "vanished_categories";
    definition.summary = "number of the baseline's categories that the candidate's column has lost";
    definition.formula =
        "#{categories of the baseline that the candidate lacks}, those left out whose absence is "
        "chance: (1 - share)^n above (1 - confidence)/categories; numbers by value; empty cells "
        "are none";
    definition.direction = Direction::lower_is_better;
    definition.highest = std::numeric_limits<double>::infinity();
    ColumnForm form{find_vanished, always_needs_baseline, 0};
    form.categories = true;
    definition.form = form;
    return definition;
}

}  // namespace metricgate::metrics
