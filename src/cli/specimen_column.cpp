#include "cli/specimen_column.h"

#include "damage/columns.h"
#include "metrics/column_checks.h"

namespace metricgate::cli {
namespace {

using evidence::ColumnSides;

ColumnSides* find_column(LoadedInput& loaded, const std::string& name) {
    const auto found = loaded.columns.find(name);
    return found == loaded.columns.end() || !found->second.candidate ? nullptr : &found->second;
}

}  // namespace

void equalise_columns(LoadedInput& loaded) {
    for (auto& [name, sides] : loaded.columns) {
        if (!sides.baseline) {
            sides.baseline = sides.candidate;
        }
        sides.candidate = sides.baseline;
    }
}

Specimen specimen_of_column(const metrics::Metric& metric, const std::string& name,
                            LoadedInput& loaded) {
    Specimen specimen;
    ColumnSides* sides = find_column(loaded, name);
    if (sides == nullptr) {
        specimen.obstacle = "neither side has the column";
        return specimen;
    }
    specimen.bounded = true;
    specimen.worse_text = damage::column_damage(metric);
    specimen.better_text = specimen.worse_text;
    specimen.damage = [metric, sides](damage::Toward, double size) {
        sides->candidate = damage::spoil_column(metric, *sides->baseline, size);
    };
    specimen.mend = [sides] { sides->candidate = sides->baseline; };
    specimen.value = [metric, name, sides]() -> std::optional<double> {
        const metrics::ColumnFinding found =
            metrics::column_form(metric.definition)
                ->find(*sides, metric.parameters.of_column, {.column = name});
        return found.candidate.defined() ? std::optional(found.candidate.number()) : std::nullopt;
    };
    return specimen;
}

std::vector<BreakIn> faults_of_column(const metrics::Metric& metric, const std::string& name,
                                      LoadedInput& loaded, const Specimen& specimen) {
    ColumnSides* sides = find_column(loaded, name);
    const bool computes = metrics::column_form(metric.definition)->same_type &&
                          metrics::is_numeric(*sides, metric.parameters.of_column);
    return {{"nan", "one number of the candidate replaced by NaN",
             [sides, computes]() -> std::string {
                 if (!computes) {
                     return "the check does not compute with the column's numbers";
                 }
                 sides->candidate->non_finite.count = 1;
                 sides->candidate->non_finite.text = "nan";
                 return "";
             },
             specimen.mend},
            {"missing", "the candidate's column removed",
             [sides] {
                 sides->candidate.reset();
                 return std::string();
             },
             specimen.mend},
            {"shrunken", "",
             [] { return "the rows of a column are not paired, so that there may be fewer"; },
             specimen.mend}};
}

}  // namespace metricgate::cli
