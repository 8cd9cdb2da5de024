#include <algorithm>
#include <map>

#include "cli/rows.h"
#include "metrics/evaluate.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Examples;
using evidence::Rows;
using metrics::Metric;
using verdict::CheckResult;
using verdict::Rule;
using verdict::Status;

/// A part of the examples that a row looks at.
struct Part {
    std::map<std::string, std::string> slice;
    Rows rows;
};

/// One row on some of the examples, missing values dropped or refused as the policy says.
CheckResult judge_part(const Rule& rule, const Metric& metric, const PlannedInput& input,
                       const LoadedInput& loaded, const comparison::Options& options,
                       const Rows& wanted) {
    const Examples& examples = *loaded.examples;
    const bool drop = input.source.on_missing_value == policy::OnMissingValue::drop;
    std::string column;
    if (const auto* flaw = metrics::find_flaw(metric, examples, !drop, column)) {
        return verdict::explain(
            rule, Status::error,
            support::describe(flaw->first) + ": column '" + column + "' holds " +
                (flaw->text.empty() ? "an empty cell" : "'" + flaw->text + "'") + " (" +
                support::count_of(flaw->count, "such cell", "such cells") +
                "), wanted a finite number in every row" +
                (flaw->text.empty() ? "; `on_missing_value: drop` leaves such pairs out" : ""));
    }
    const Rows rows = drop ? metrics::without_missing(metric, examples, wanted) : wanted;
    const double kept = static_cast<double>(rows.size());
    if (kept < input.pairing.min_overlap * static_cast<double>(wanted.size())) {
        return verdict::explain(rule, Status::incomparable,
                                "only " + std::to_string(rows.size()) + " of " +
                                    support::count_of(wanted.size(), "pair", "pairs") +
                                    " have a value on both sides, less than min_overlap " +
                                    support::format_short(input.pairing.min_overlap));
    }
    const bool alone =
        loaded.baseline_absent || !loaded.info.pairing || loaded.info.pairing->baseline_rows == 0;
    const bool needs_both = metric.definition != nullptr &&
                            std::holds_alternative<metrics::PairForm>(metric.definition->form);
    if (needs_both && loaded.baseline_absent) {
        return verdict::explain(rule, Status::no_baseline,
                                "not compared: there is no baseline yet, and it counts over both "
                                "sides");
    }
    CheckResult row;
    if (alone) {
        if (loaded.baseline_absent || !rule.compares_sides()) {
            row = verdict::judge_without_baseline(
                rule, comparison::describe(metric, examples, rows, options));
        } else {
            return verdict::explain(rule, Status::error, "there is no baseline to compare with");
        }
    } else {
        row =
            verdict::judge(rule, comparison::compare(metric, examples, rows, rule.margin, options));
    }
    const std::size_t dropped = wanted.size() - rows.size();
    if (dropped > 0) {
        row.notes.push_back({"missing_dropped", support::count_of(dropped, "pair", "pairs") +
                                                    " without a value on both sides left out."});
    }
    return row;
}

/// The examples of each combination of slice values, by name.
std::vector<Part> slice_parts(const Examples& examples, const std::vector<std::string>& columns,
                              const std::vector<std::string>& names) {
    std::map<std::vector<std::string>, std::vector<std::uint32_t>> groups;
    std::vector<const evidence::CategoryColumn*> by;
    for (const std::string& column : columns) {
        by.push_back(&examples.slices.at(column));
    }
    std::vector<std::string> key(by.size());
    for (std::size_t row = 0; row < examples.rows; ++row) {
        for (std::size_t k = 0; k < by.size(); ++k) {
            key[k] = by[k]->names[by[k]->codes[row]];
        }
        groups[key].push_back(static_cast<std::uint32_t>(row));
    }
    std::vector<Part> parts;
    for (auto& [values, rows] : groups) {
        Part part{{}, Rows(std::move(rows))};
        for (std::size_t k = 0; k < values.size(); ++k) {
            part.slice[names[k]] = values[k];
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

/// "de" or "de/mobile": how a policy names a slice.
std::string slice_name(const std::map<std::string, std::string>& slice,
                       const std::vector<std::string>& order) {
    std::string name;
    for (const std::string& column : order) {
        name += (name.empty() ? "" : "/") + slice.at(column);
    }
    return name;
}

struct SliceColumns {
    std::vector<std::string> roles;    ///< as the policy names them
    std::vector<std::string> columns;  ///< as the file does
};

SliceColumns slice_columns(const policy::Slices& slices, const PlannedInput& input) {
    SliceColumns result;
    for (const auto& by : slices.by) {
        const auto role = input.source.columns.find(by.value);
        result.roles.push_back(by.value);
        result.columns.push_back(role == input.source.columns.end() ? by.value : role->second.both);
    }
    return result;
}

void add_sliced(const PlannedCheck& check, const Rule& rule, const Metric& metric,
                const PlannedInput& input, const LoadedInput& loaded, std::vector<RowTask>& tasks) {
    const policy::Slices& slices = *check.source.slices;
    const SliceColumns columns = slice_columns(slices, input);
    comparison::Options options = check.options;
    const std::uint64_t floor = slices.min_examples.value_or(check.source.min_examples);
    options.min_examples = floor;
    std::vector<std::string> present;
    for (Part& part : slice_parts(*loaded.examples, columns.columns, columns.roles)) {
        const std::string name = slice_name(part.slice, columns.roles);
        present.push_back(name);
        Rule sliced = rule;
        sliced.slice.insert(part.slice.begin(), part.slice.end());
        const bool required = std::any_of(slices.required.begin(), slices.required.end(),
                                          [&](const auto& each) { return each.value == name; });
        if (part.rows.size() < floor && !required) {
            tasks.push_back(explained(sliced, Status::skipped,
                                      support::count_of(part.rows.size(), "example", "examples") +
                                          ", fewer than min_examples " + std::to_string(floor)));
            continue;
        }
        tasks.push_back([sliced, metric, &input, &loaded, options, rows = part.rows] {
            return judge_part(sliced, metric, input, loaded, options, rows);
        });
    }
    for (const auto& required : slices.required) {
        if (std::find(present.begin(), present.end(), required.value) == present.end()) {
            Rule sliced = rule;
            sliced.slice[columns.roles.size() == 1 ? columns.roles.front() : "slice"] =
                required.value;
            tasks.push_back(explained(sliced, Status::missing,
                                      "the required slice '" + required.value + "' has no example" +
                                          support::did_you_mean(required.value, present)));
        }
    }
}

void add_rows(const PlannedCheck& check, Rule rule, Metric metric, const PlannedInput& input,
              const LoadedInput& loaded, std::vector<RowTask>& tasks) {
    const Examples& examples = *loaded.examples;
    const std::string unresolved = metrics::resolve(metric, examples);
    if (!unresolved.empty()) {
        const bool class_is_gone =
            metric.parameters.average == metrics::Average::one_class &&
            std::find(examples.classes.begin(), examples.classes.end(),
                      metric.parameters.class_name) == examples.classes.end();
        tasks.push_back(
            explained(rule, class_is_gone ? Status::missing : Status::error, unresolved));
        return;
    }
    if (check.source.slices) {
        add_sliced(check, rule, metric, input, loaded, tasks);
        return;
    }
    tasks.push_back([rule, metric, &input, &loaded, options = check.options] {
        return judge_part(rule, metric, input, loaded, options, Rows::all(loaded.examples->rows));
    });
}

}  // namespace

std::vector<RowTask> prediction_rows(const PlannedCheck& check, const PlannedInput& input,
                                     const LoadedInput& loaded) {
    std::vector<RowTask> tasks;
    if (!check.per_class) {
        add_rows(check, check.rule, check.metric, input, loaded, tasks);
        return tasks;
    }
    for (const std::string& name : loaded.examples->classes) {
        Rule rule = check.rule;
        Metric metric = check.metric;
        metric.parameters.class_name = name;
        metric.title = rule.metric = metric.name + " (class " + name + ")";
        rule.slice["class"] = name;
        add_rows(check, rule, metric, input, loaded, tasks);
    }
    return tasks;
}

}  // namespace metricgate::cli
