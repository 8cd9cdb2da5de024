#include "cli/gallery.h"

#include <algorithm>

#include "cli/gallery_parts.h"
#include "cli/row_names.h"
#include "report/chart_drift.h"

namespace metricgate::cli {
namespace {

using verdict::CheckResult;

/// The name of the column that a row looks at; empty for a row of anything else.
std::string column_of(const Plan& plan, const CheckResult& row) {
    const PlannedCheck* check = check_of(plan, row);
    if (check == nullptr || metrics::column_form(check->metric.definition) == nullptr) {
        return "";
    }
    const auto named = row.rule.slice.find("column");
    return named == row.rule.slice.end() ? check->of.front() : named->second;
}

/// The columns of one input, those nearest to their limits, or furthest beyond, first.
std::vector<std::string> columns_of(const Plan& plan, const verdict::GateResult& result,
                                    const std::string& input) {
    std::vector<const CheckResult*> rows;
    for (const CheckResult& row : result.checks) {
        if (row.rule.input == input && report::has_place_in_drift(row)) {
            rows.push_back(&row);
        }
    }
    std::ranges::stable_sort(rows, [](const CheckResult* left, const CheckResult* right) {
        return report::used_of_limit(*left) > report::used_of_limit(*right);
    });
    std::vector<std::string> names;
    for (const CheckResult* row : rows) {
        const std::string name = column_of(plan, *row);
        if (!name.empty() && std::ranges::find(names, name) == names.end()) {
            names.push_back(name);
        }
    }
    return names;
}

/// The recorded names that rows of one input judge, in the order of the policy.
std::vector<std::string> recorded_names(const verdict::GateResult& result,
                                        const std::string& input) {
    std::vector<std::string> names;
    for (const CheckResult& row : result.checks) {
        if (row.rule.input == input && std::ranges::find(names, row.rule.name) == names.end()) {
            names.push_back(row.rule.name);
        }
    }
    return names;
}

}  // namespace

report::Gallery gather_gallery(const Prepared& prepared, const verdict::GateResult& result) {
    report::Gallery gallery;
    for (const auto& loaded : prepared.inputs) {
        if (!loaded) {
            continue;
        }
        report::InputGallery input;
        input.input = loaded->info.name;
        if (loaded->examples && loaded->incomparable.empty()) {
            gather_curves(*loaded->examples, input);
            gather_values(*loaded->examples, input);
            if (loaded->different_baseline) {
                input.notes.emplace_back(
                    "The sides are different examples: curves and distributions are those of the "
                    "candidate's.");
            }
            if (loaded->baseline_runs.size() > 1 || loaded->candidate_runs.size() > 1) {
                input.notes.emplace_back("Charts show the first run of each side.");
            }
        }
        gather_runs(*loaded, recorded_names(result, input.input), input);
        gather_columns(*loaded, columns_of(prepared.plan, result, input.input), input);
        gallery.inputs.push_back(std::move(input));
    }
    gather_changes(prepared, result, gallery);
    return gallery;
}

}  // namespace metricgate::cli
