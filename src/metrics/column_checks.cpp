#include "metrics/column_checks.h"

#include <algorithm>

#include "support/text.h"

namespace metricgate::metrics {
namespace {

using evidence::ColumnSides;
using evidence::ObservedColumn;

std::string at_flaw(const evidence::Flaw& flaw) {
    return "'" + support::visible(flaw.text, 60) + "' at " + support::describe(flaw.first) + " (" +
           support::count_of(flaw.count, "such cell", "such cells") + ")";
}

std::size_t values_of(const ObservedColumn& column) {
    return column.rows - column.missing.count;
}

}  // namespace

const ColumnForm* column_form(const Definition* definition) {
    return definition == nullptr ? nullptr : std::get_if<ColumnForm>(&definition->form);
}

bool is_numeric(const ColumnSides& sides, const ColumnParameters& parameters) {
    switch (parameters.type) {
        case ColumnType::numeric:
            return true;
        case ColumnType::categorical:
            return false;
        case ColumnType::by_content:
            break;
    }
    const bool from_baseline = sides.baseline && !sides.baseline->is_empty();
    const auto& decides = from_baseline ? sides.baseline : sides.candidate;
    return decides && decides->is_numeric();
}

std::string type_conflict(const ColumnSides& sides, const ColumnParameters& parameters) {
    if (parameters.type == ColumnType::categorical) {
        return "";
    }
    const ObservedColumn& baseline = *sides.baseline;
    const ObservedColumn& candidate = *sides.candidate;
    if (is_numeric(sides, parameters)) {
        for (const auto* side : {&baseline, &candidate}) {
            if (side->text.count > 0) {
                return std::string(parameters.type == ColumnType::numeric
                                       ? "the column is to hold numbers, but "
                                       : "the column holds numbers at the baseline, but ") +
                       (side == &baseline ? "the baseline" : "the candidate") + " has the text " +
                       at_flaw(side->text);
            }
        }
        return "";
    }
    if (!baseline.is_empty() && candidate.is_numeric()) {
        return "the column holds text at the baseline, such as " + at_flaw(baseline.text) +
               ", but only numbers at the candidate; `type: categorical` takes both as text";
    }
    return "";
}

std::string non_finite_problem(const ColumnSides& sides) {
    for (const auto* side : {&sides.baseline, &sides.candidate}) {
        if (*side && (*side)->non_finite.count > 0) {
            return "the column holds " + at_flaw((*side)->non_finite) +
                   ", wanted finite numbers; leave a cell empty that has no value";
        }
    }
    return "";
}

std::string column_problem(const ColumnSides& sides) {
    if (std::string problem = non_finite_problem(sides); !problem.empty()) {
        return problem;
    }
    return sides.baseline->is_empty() ? "the baseline's column holds no value" : "";
}

std::vector<double> sorted_numbers(const ObservedColumn& column) {
    std::vector<double> sorted = column.numbers;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

std::string missing_text(const ColumnSides& sides) {
    return std::to_string(sides.baseline->missing.count) + " of " +
           support::count_of(sides.baseline->rows, "row", "rows") + " at the baseline, " +
           std::to_string(sides.candidate->missing.count) + " of " +
           support::count_of(sides.candidate->rows, "row", "rows") + " at the candidate";
}

ColumnFinding start_finding(const ColumnSides& sides) {
    ColumnFinding finding;
    finding.baseline_n = sides.baseline ? values_of(*sides.baseline) : 0;
    finding.candidate_n = sides.candidate ? values_of(*sides.candidate) : 0;
    return finding;
}

ColumnFinding find_between_values(const ColumnSides& sides, const ColumnParameters& parameters,
                                  const ColumnChance& chance, ValueDistance distance) {
    ColumnFinding finding = start_finding(sides);
    std::string problem = column_problem(sides);
    if (problem.empty() && !is_numeric(sides, parameters)) {
        problem = "it compares numbers, and the column holds text, such as " +
                  at_flaw(sides.baseline->text) + "; psi, jensen_shannon and chi_square take text";
    }
    if (problem.empty() && sides.candidate->is_empty()) {
        problem = "the candidate's column holds no value";
    }
    if (!problem.empty()) {
        finding.candidate = Value::undefined(problem);
        return finding;
    }
    const Distance found =
        distance(sorted_numbers(*sides.baseline), sorted_numbers(*sides.candidate), parameters,
                 1.0 - chance.confidence);
    finding.candidate = Value::of(found.value);
    finding.noise = found.noise;
    if (sides.baseline->missing.count + sides.candidate->missing.count > 0) {
        finding.remarks.push_back(
            {"missing_values", "Empty cells are left out: " + missing_text(sides) + "."});
    }
    return finding;
}

std::string quoted(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 5;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i) {
        texts.push_back("'" + support::visible(names[i], 60) + "'");
    }
    if (names.size() > shown) {
        texts.push_back(std::to_string(names.size() - shown) + " more");
    }
    return support::enumerate(texts);
}

}  // namespace metricgate::metrics
