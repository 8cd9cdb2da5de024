// Rows of checks on sides that are different examples.
#include <algorithm>
#include <set>
#include <tuple>

#include "cli/rows.h"
#include "comparison/different_examples.h"
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

/// The examples of one side that a row looks at, or why there are none.
struct Usable {
    Rows rows = Rows::all(0);
    Status status = Status::error;
    std::string problem;
};

Usable usable_rows(const Metric& metric, const Examples& examples, const PlannedInput& input,
                   const char* side) {
    const bool drop = input.source.on_missing_value == policy::OnMissingValue::drop;
    Usable usable;
    if (const auto flaw = metrics::find_flaw(metric, examples, !drop)) {
        usable.problem = metrics::describe(*flaw, "examples");
        return usable;
    }
    usable.rows = Rows::all(examples.rows);
    if (drop) {
        usable.rows = metrics::without_missing(metric, examples, usable.rows);
    }
    const auto kept = static_cast<double>(usable.rows.size());
    if (kept < input.pairing.min_overlap * static_cast<double>(examples.rows)) {
        usable.status = Status::incomparable;
        usable.problem = "only " + std::to_string(usable.rows.size()) + " of the " + side + "'s " +
                         support::count_of(examples.rows, "example", "examples") +
                         " have values in every column; min_overlap asks for a share of " +
                         support::format_short(input.pairing.min_overlap);
    }
    return usable;
}

/// Whether the value goes over all classes that occur, so that sides with other classes have
/// another metric.
bool goes_over_classes(const Metric& metric) {
    const metrics::Definition& definition = *metric.definition;
    if ((definition.needs & metrics::label_class) == 0U) {
        return false;
    }
    switch (metric.parameters.average) {
        case metrics::Average::macro:
        case metrics::Average::micro:
        case metrics::Average::weighted:
            return true;
        case metrics::Average::one_class:
            return false;
        case metrics::Average::binary:
            break;
    }
    return !definition.averaged && (std::holds_alternative<metrics::CellsForm>(definition.form) ||
                                    std::holds_alternative<metrics::ReducedForm>(definition.form));
}

std::set<std::string> labelled_classes(const Examples& examples, const Rows& rows) {
    std::set<std::string> names;
    if (examples.label) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            names.insert(examples.classes[examples.label->codes[rows[i]]]);
        }
    }
    return names;
}

/// Names what only one side has among its labels, or "".
std::string other_classes(const Metric& metric, const Examples& candidate, const Rows& now,
                          const Examples& baseline, const Rows& before) {
    if (!goes_over_classes(metric)) {
        return "";
    }
    const auto of_candidate = labelled_classes(candidate, now);
    const auto of_baseline = labelled_classes(baseline, before);
    std::vector<std::string> only;
    for (const auto& [mine, others, side] : {std::tuple(&of_candidate, &of_baseline, "candidate"),
                                             std::tuple(&of_baseline, &of_candidate, "baseline")}) {
        for (const std::string& name : *mine) {
            if (others->count(name) == 0) {
                only.push_back("'" + support::visible(name, 60) + "' (" + side + ")");
            }
        }
    }
    if (only.empty()) {
        return "";
    }
    if (only.size() > 5) {
        const std::size_t more = only.size() - 5;
        only.resize(5);
        only.push_back(std::to_string(more) + " more");
    }
    return "it goes over all classes, and some are among the labels of one side only: " +
           support::enumerate(only);
}

/// Notes and facts on examples of a side that do not count.
void note_left_out(const char* side, const Examples& examples, const Rows& rows, CheckResult& row) {
    const std::size_t dropped = examples.rows - rows.size();
    std::size_t weightless = 0;
    if (examples.weight) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            weightless += examples.weight->values[rows[i]] == 0.0 ? 1U : 0U;
        }
    }
    const auto add = [&](const char* code, const char* fact, std::size_t count,
                         const std::string& why) {
        if (count == 0) {
            return;
        }
        row.notes.push_back({code, support::count_of(count, "example", "examples") + " of the " +
                                       side + " " + why + "."});
        if (row.comparison) {
            row.comparison->facts.push_back({std::string(fact) + side, static_cast<double>(count)});
        }
    };
    add("missing_dropped", "dropped_examples_of_the_", dropped, "without a value left out");
    add("weight_zero", "examples_of_weight_0_of_the_", weightless,
        weightless == 1 ? "weighs 0 and does not count" : "weigh 0 and do not count");
}

CheckResult judge_sides(const Rule& rule, const Metric& of_baseline, const Metric& of_candidate,
                        const PlannedInput& input, const LoadedInput& loaded,
                        const comparison::Options& options) {
    const Usable candidate = usable_rows(of_candidate, *loaded.examples, input, "candidate");
    const Usable baseline = usable_rows(of_baseline, *loaded.different_baseline, input, "baseline");
    for (const Usable* side : {&candidate, &baseline}) {
        if (!side->problem.empty()) {
            return verdict::explain(rule, side->status, side->problem);
        }
    }
    const std::string differ = other_classes(of_candidate, *loaded.examples, candidate.rows,
                                             *loaded.different_baseline, baseline.rows);
    if (!differ.empty()) {
        return verdict::explain(rule, Status::incomparable, differ);
    }
    CheckResult row = verdict::judge(
        rule, comparison::compare_different(
                  {of_baseline, *loaded.different_baseline, baseline.rows},
                  {of_candidate, *loaded.examples, candidate.rows}, rule.margin, options));
    note_left_out("baseline", *loaded.different_baseline, baseline.rows, row);
    note_left_out("candidate", *loaded.examples, candidate.rows, row);
    return row;
}

/// A class that a side does not have is missing; any other reason is an error.
Status unresolved_status(const Metric& metric, const Examples& examples) {
    const bool gone = metric.parameters.average == metrics::Average::one_class &&
                      std::find(examples.classes.begin(), examples.classes.end(),
                                metric.parameters.class_name) == examples.classes.end();
    return gone ? Status::missing : Status::error;
}

RowTask row_of(const PlannedCheck& check, const Rule& rule, const Metric& metric,
               const PlannedInput& input, const LoadedInput& loaded) {
    Metric of_baseline = metric;
    Metric of_candidate = metric;
    const std::string in_candidate = metrics::resolve(of_candidate, *loaded.examples);
    if (!in_candidate.empty()) {
        return explained(rule, unresolved_status(metric, *loaded.examples),
                         "on the candidate: " + in_candidate);
    }
    const std::string in_baseline = metrics::resolve(of_baseline, *loaded.different_baseline);
    if (!in_baseline.empty()) {
        return explained(rule, unresolved_status(metric, *loaded.different_baseline),
                         "on the baseline: " + in_baseline);
    }
    return [rule, of_baseline, of_candidate, &input, &loaded, options = check.options] {
        return judge_sides(rule, of_baseline, of_candidate, input, loaded, options);
    };
}

}  // namespace

std::vector<RowTask> different_rows(const PlannedCheck& check, const PlannedInput& input,
                                    const LoadedInput& loaded) {
    if (!check.per_class) {
        return {row_of(check, check.rule, check.metric, input, loaded)};
    }
    std::set<std::string> classes(loaded.examples->classes.begin(), loaded.examples->classes.end());
    classes.insert(loaded.different_baseline->classes.begin(),
                   loaded.different_baseline->classes.end());
    std::vector<RowTask> tasks;
    for (const std::string& name : classes) {
        Rule rule = check.rule;
        Metric metric = check.metric;
        metric.parameters.class_name = name;
        metric.title = rule.metric = metric.name + " (class " + name + ")";
        rule.slice["class"] = name;
        tasks.push_back(row_of(check, rule, metric, input, loaded));
    }
    return tasks;
}

}  // namespace metricgate::cli
