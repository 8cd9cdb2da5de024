#include "cli/evaluate.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

#include "cli/condition.h"
#include "cli/history_rows.h"
#include "cli/missing_warnings.h"
#include "cli/rows.h"
#include "support/text.h"
#include "verdict/judge.h"

namespace metricgate::cli {
namespace {

using verdict::CheckResult;
using verdict::Status;

/// The data that a candidate says it was measured on; empty: it does not say.
std::string digest_of(const LoadedInput& input) {
    const auto found = input.info.candidate.metadata.find("data_digest");
    return found == input.info.candidate.metadata.end() ? "" : found->second;
}

/// Rows about an anchor tell the path from it, where a history knows it.
std::vector<RowTask> tell_paths(std::vector<RowTask> rows, const PlannedCheck& check,
                                const std::vector<std::optional<LoadedInput>>& inputs) {
    const bool knows = check.aspect == Aspect::anchor && check.history &&
                       *check.history != check.input && inputs[*check.history];
    if (!knows) {
        return rows;
    }
    std::vector<RowTask> told;
    for (RowTask& row : rows) {
        told.emplace_back([row = std::move(row), &check, &histories = *inputs[*check.history],
                           &own = inputs[check.input]] {
            CheckResult judged = row();
            std::optional<PathEnd> end;
            if (judged.comparison && judged.comparison->candidate.defined()) {
                end = PathEnd{judged.comparison->candidate.number(), own ? digest_of(*own) : ""};
            }
            return with_path(std::move(judged), check, histories, end);
        });
    }
    return told;
}

std::vector<RowTask> rows_of(const Plan& plan, const PlannedCheck& check,
                             const std::vector<std::optional<LoadedInput>>& inputs,
                             const CheckArguments& arguments, std::vector<std::string>& warnings);

/// The check whose rows evaluate the candidate that a budget's path ends at.
const PlannedCheck* beside(const Plan& plan, const PlannedCheck& budget) {
    const std::string id = budget.source.id.value.substr(0, budget.source.id.value.rfind('@'));
    const auto found = std::ranges::find_if(plan.checks, [&](const PlannedCheck& each) {
        return each.not_run.empty() && each.aspect != Aspect::budget &&
               (each.source.id.value == id || each.source.id.value == id + "@anchor");
    });
    return found == plan.checks.end() ? nullptr : &*found;
}

/// What a recorded candidate answers, as a row of its own input has it; or why that is nothing.
CheckResult recorded_budget(const PlannedCheck& check, const LoadedInput& histories,
                            const LoadedInput& own) {
    const evidence::Entry* entry = own.candidate->find(check.metric.name);
    if (entry == nullptr) {
        return verdict::explain(check.rule, Status::missing,
                                "the candidate has no metric '" + check.metric.name + "'");
    }
    if (entry->flaw) {
        return verdict::explain(check.rule, Status::error, support::describe(*entry->flaw));
    }
    if (const std::string reason = unusable_value(check.metric, *entry, "candidate");
        !reason.empty()) {
        return verdict::explain(check.rule, Status::error, reason);
    }
    for (const evidence::History& history : histories.histories->histories) {
        if (history.metric == check.metric.name && !history.unit.empty() && !entry->unit.empty() &&
            history.unit != entry->unit) {
            return verdict::explain(check.rule, Status::incomparable,
                                    "the unit is '" + support::visible(entry->unit) +
                                        "' in the candidate and '" +
                                        support::visible(history.unit) + "' in the history");
        }
    }
    const comparison::Comparison found = std::visit(
        [&](const auto& evidence) {
            return comparison::describe(check.metric, evidence, check.options);
        },
        entry->evidence);
    if (!found.problem.empty() || !found.candidate.defined()) {
        return verdict::explain(check.rule, Status::error, found.problem);
    }
    return verdict::judge_budget(
        check.rule, path_of(check, histories, PathEnd{found.candidate.number(), digest_of(own)}));
}

/// A budget whose check judges another input than the history: the path ends at that one's
/// candidate. Without one there is nothing to sum up to.
RowTask budget_row(const Plan& plan, const PlannedCheck& check,
                   const std::vector<std::optional<LoadedInput>>& inputs,
                   const CheckArguments& arguments) {
    const auto& own = inputs[*check.own_input];
    const LoadedInput& histories = *inputs[check.input];
    if (own && own->candidate) {
        return [&check, &histories, &own] { return recorded_budget(check, histories, *own); };
    }
    const PlannedCheck* judged = beside(plan, check);
    std::vector<RowTask> rows;
    if (own && judged != nullptr) {
        std::vector<std::string> said;
        rows = rows_of(plan, *judged, inputs, arguments, said);
    }
    return [&check, &histories, &own, rows = std::move(rows)] {
        const CheckResult row =
            rows.empty() ? verdict::explain(check.rule, Status::error, "") : rows.front()();
        if (!row.rule.slice.empty() || !row.comparison || !row.comparison->candidate.defined()) {
            return verdict::explain(check.rule, Status::error,
                                    "the candidate's own value is not known, so that no path "
                                    "leads to it" +
                                        (row.reason.empty() ? "" : ": " + row.reason));
        }
        const PathEnd end{row.comparison->candidate.number(), digest_of(*own)};
        return verdict::judge_budget(check.rule, path_of(check, histories, end));
    };
}

std::vector<RowTask> rows_of(const Plan& plan, const PlannedCheck& check,
                             const std::vector<std::optional<LoadedInput>>& inputs,
                             const CheckArguments& arguments, std::vector<std::string>& warnings) {
    if (!check.not_run.empty()) {
        return {explained(check.rule, Status::skipped, check.not_run)};
    }
    const auto& loaded = inputs[check.input];
    if (!loaded) {
        return {explained(check.rule, Status::error, "its input was not read")};
    }
    const auto& asked = inputs[check.own_input.value_or(check.input)];
    if (!asked) {
        return {explained(check.rule, Status::error, "its input was not read")};
    }
    const Condition condition = condition_of(check.source, arguments, *asked);
    if (!condition.switched_off.empty()) {
        if (arguments.strict) {
            return {explained(check.rule, Status::incomparable, condition.switched_off)};
        }
        warnings.push_back("Check '" + support::visible(check.rule.id) +
                           "' is skipped: " + condition.switched_off + ".");
    }
    if (!condition.unmet.empty()) {
        return {explained(check.rule, condition.known ? Status::skipped : Status::error,
                          condition.unmet)};
    }
    // Columns are not paired: other examples on the other side are what a drift check is for.
    if (metrics::column_form(check.metric.definition) != nullptr) {
        return column_rows(check, plan.inputs[check.input], *loaded);
    }
    if (check.own_input) {
        std::vector<RowTask> rows;
        rows.push_back(budget_row(plan, check, inputs, arguments));
        return rows;
    }
    if (plan.inputs[check.input].source.kind == policy::InputKind::history) {
        return history_rows(check, plan.inputs[check.input], *loaded);
    }
    if (!loaded->incomparable.empty()) {
        return {explained(check.rule, Status::incomparable, loaded->incomparable)};
    }
    if (loaded->different_baseline) {
        return different_rows(check, plan.inputs[check.input], *loaded);
    }
    if (loaded->examples) {
        return prediction_rows(check, plan.inputs[check.input], *loaded);
    }
    return recorded_rows(check, plan.inputs[check.input], *loaded, warnings);
}

/// Runs the tasks; the result of each has its own place, so the number of threads changes nothing.
/// Only the thread that called tells what it does.
std::vector<CheckResult> run_all(const std::vector<RowTask>& tasks, std::size_t threads,
                                 const Progress& progress) {
    std::vector<CheckResult> results(tasks.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&](const Progress& tell) {
        for (std::size_t i = next.fetch_add(1); i < tasks.size(); i = next.fetch_add(1)) {
            if (tell) {
                tell("judging row " + std::to_string(i + 1) + " of " +
                     std::to_string(tasks.size()));
            }
            results[i] = tasks[i]();
        }
    };
    const std::size_t helpers = std::min(threads, tasks.size());
    // What a helper throws, such as for want of memory, is thrown again by the thread that called.
    std::vector<std::exception_ptr> thrown(helpers);
    std::vector<std::jthread> pool;
    for (std::size_t i = 1; i < helpers; ++i) {
        pool.emplace_back([&work, &failure = thrown[i]] {
            try {
                work({});
            } catch (...) {
                failure = std::current_exception();
            }
        });
    }
    work(progress);
    pool.clear();
    for (const std::exception_ptr& failure : thrown) {
        if (failure) {
            std::rethrow_exception(failure);
        }
    }
    return results;
}

}  // namespace

RowTask explained(const verdict::Rule& rule, Status status, std::string reason) {
    return [rule, status, reason = std::move(reason)] {
        return verdict::explain(rule, status, reason);
    };
}

Evaluation evaluate(const Plan& plan, const std::vector<std::optional<LoadedInput>>& inputs,
                    const CheckArguments& arguments, const Progress& progress) {
    Evaluation evaluation;
    std::vector<RowTask> tasks;
    for (const PlannedCheck& check : plan.checks) {
        auto rows =
            tell_paths(rows_of(plan, check, inputs, arguments, evaluation.warnings), check, inputs);
        // A check that yields no row still counts as declared, so that "N of N" cannot hide it.
        evaluation.declared += std::max<std::size_t>(rows.size(), 1);
        std::move(rows.begin(), rows.end(), std::back_inserter(tasks));
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (inputs[i]) {
            auto rows = vanished_rows(plan, i, *inputs[i], arguments.strict, evaluation.warnings);
            evaluation.declared += rows.size();
            std::move(rows.begin(), rows.end(), std::back_inserter(tasks));
            evaluation.warnings.insert(evaluation.warnings.end(), inputs[i]->warnings.begin(),
                                       inputs[i]->warnings.end());
            if (!plan.inputs[i].anchor) {
                recorded_warnings(plan, i, *inputs[i], evaluation.warnings);
                missing_warnings(plan, i, *inputs[i], evaluation.warnings);
            }
            history_warnings(plan, i, *inputs[i], evaluation.warnings);
            if (inputs[i]->histories) {
                const auto& notes = inputs[i]->histories->notes;
                evaluation.warnings.insert(evaluation.warnings.end(), notes.begin(), notes.end());
            }
        }
    }
    evaluation.rows = run_all(tasks, arguments.threads, progress);
    return evaluation;
}

std::vector<CheckResult> evaluate_check(const Plan& plan, std::size_t check,
                                        const std::vector<std::optional<LoadedInput>>& inputs,
                                        const CheckArguments& arguments) {
    std::vector<std::string> warnings;
    const PlannedCheck& planned = plan.checks[check];
    return run_all(tell_paths(rows_of(plan, planned, inputs, arguments, warnings), planned, inputs),
                   arguments.threads, {});
}

}  // namespace metricgate::cli
