#pragma once

#include <optional>

#include "cli/plan.h"
#include "comparison/chart.h"

namespace metricgate::cli {

/// A chart as the policy sets it, with the defaults of what it leaves out; names of rules that are
/// unknown, or do not fit, are problems.
comparison::ChartOptions chart_options(const policy::Chart& chart, support::Diagnostics& problems);

/// Binds `chart`, `anchor` and `budget` of a planned check: names of rules, the history that tells
/// the path. Fills its rule.
void bind_trend(PlannedCheck& check, Plan& plan, support::Diagnostics& problems);

/// Refuses what a history does not have, and charts of what is no history.
void check_trend(const PlannedCheck& check, const PlannedInput& input,
                 support::Diagnostics& problems);

/// The input of kind history that tells a check's path from its anchor: its own, or the one that
/// the anchor names; nothing when there is none.
std::optional<std::size_t> history_of(const Plan& plan, const policy::Check& check,
                                      std::size_t input);

/// The input once more with its baseline at the anchor, planned now if it is not there yet; a
/// history holds its anchor itself.
std::size_t input_at_anchor(Plan& plan, std::size_t input, const policy::Anchor& anchor);

/// True when a check judges more than its anchor and its budget.
bool has_own_rule(const policy::Check& check);

/// Refuses anchors that the check's input cannot have, and budgets without a history.
void check_anchor(const policy::Check& check, std::size_t input, const Plan& plan,
                  support::Diagnostics& problems);

/// What is left of a check for its rows about the anchor and about the budget.
policy::Check anchor_check(const policy::Check& check);
policy::Check budget_check(const policy::Check& check);

/// How messages and reports call the anchor.
std::string anchor_name(const policy::Anchor& anchor);

}  // namespace metricgate::cli
