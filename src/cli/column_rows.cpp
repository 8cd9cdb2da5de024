#include "cli/rows.h"
#include "comparison/column_checks.h"
#include "metrics/column_checks.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::ColumnSides;
using verdict::CheckResult;
using verdict::Rule;
using verdict::Status;

std::vector<std::string> names_of(const PlannedCheck& check, const LoadedInput& loaded) {
    return check.of.front() == "*" ? loaded.free_columns : check.of;
}

CheckResult judge_column(const Rule& rule, const metrics::Metric& metric, const ColumnSides& sides,
                         const std::string& name, const comparison::Options& options) {
    const metrics::ColumnForm& form = *metrics::column_form(metric.definition);
    if (form.same_type && sides.baseline) {
        const std::string conflict = metrics::type_conflict(sides, metric.parameters.of_column);
        if (!conflict.empty()) {
            return verdict::explain(rule, Status::incomparable, conflict);
        }
    }
    const comparison::Comparison found =
        comparison::compare(metric, sides, name, rule.margin, options);
    return sides.baseline ? verdict::judge(rule, found)
                          : verdict::judge_without_baseline(rule, found);
}

/// What the input says of its examples and a look at one column does not use.
void note_unused(const PlannedInput& input, CheckResult& row) {
    if (input.source.columns.count("weight") != 0) {
        row.notes.push_back({"unweighted", "Weights do not enter checks of columns."});
    }
    if (input.source.columns.count("cluster") != 0 && row.comparison && row.comparison->noise) {
        row.notes.push_back({"clusters_ignored",
                             "The noise level takes the examples as independent; within clusters "
                             "it is too low."});
    }
}

RowTask row_for(const PlannedCheck& check, const Rule& rule, const PlannedInput& input,
                const LoadedInput& loaded, const std::string& name) {
    static const ColumnSides nothing;
    const auto found = loaded.columns.find(name);
    const ColumnSides& sides = found == loaded.columns.end() ? nothing : found->second;
    const metrics::ColumnForm& form = *metrics::column_form(check.metric.definition);
    if (!sides.candidate) {
        const std::string shown = "column '" + support::visible(name) + "'";
        return explained(rule, Status::missing,
                         sides.baseline ? "the candidate has no " + shown
                                        : "neither side has a " + shown +
                                              support::did_you_mean(name, loaded.free_columns));
    }
    const bool needs = form.needs_baseline(check.metric.parameters.of_column);
    if (!sides.baseline && needs) {
        if (loaded.info.baseline && !loaded.baseline_absent) {
            return explained(rule, Status::new_metric,
                             "only the candidate has the column; nothing to compare with");
        }
        return explained(rule, Status::no_baseline, "not compared: there is no baseline yet");
    }
    return [rule, metric = check.metric, &input, &sides, name, options = check.options] {
        CheckResult row = judge_column(rule, metric, sides, name, options);
        note_unused(input, row);
        return row;
    };
}

}  // namespace

std::vector<RowTask> column_rows(const PlannedCheck& check, const PlannedInput& input,
                                 const LoadedInput& loaded) {
    std::vector<RowTask> tasks;
    const std::vector<std::string> names = names_of(check, loaded);
    const bool several = check.of.front() == "*" || check.of.size() > 1;
    for (const std::string& name : names) {
        Rule rule = check.rule;
        rule.metric = check.metric.title + " of " + name;
        if (several) {
            rule.slice["column"] = name;
        }
        tasks.push_back(row_for(check, rule, input, loaded, name));
    }
    if (tasks.empty()) {
        tasks.push_back(
            explained(check.rule, Status::error, "`of: \"*\"` found no column without a role"));
    }
    return tasks;
}

}  // namespace metricgate::cli
