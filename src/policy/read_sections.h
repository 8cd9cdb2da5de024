#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "policy/policy.h"
#include "policy/settings_reader.h"
#include "support/diagnostic.h"
#include "support/node.h"

namespace metricgate::policy {

/// What a check says when it does not say it itself.
struct Defaults {
    double confidence = 0.95;
    std::uint64_t min_examples = 30;
    OnInconclusive on_inconclusive = OnInconclusive::warn;
    OnNoBaseline on_no_baseline = OnNoBaseline::pass;
    Level level = Level::block;
};

/// The keys that `defaults` and every check share, read over what `defaults` holds already.
void read_shared_settings(const SettingsReader& settings, Defaults& defaults);

Defaults read_defaults(const support::Node& map, support::Diagnostics& problems);

/// `abs` and `rel` of a tolerated loss.
std::optional<Margin> read_margin(const support::Node& node, const std::string& name,
                                  support::Diagnostics& problems);

/// The parts of the examples that a check judges, or is to search.
Slices read_slices(const support::Node& node, const std::string& name,
                   support::Diagnostics& problems);

std::vector<Input> read_inputs(const support::Node& map, support::Diagnostics& problems);

/// `columns` and `class_scores` of one input.
void read_columns(const SettingsReader& settings, Input& input, support::Diagnostics& problems);
void read_class_scores(const SettingsReader& settings, Input& input,
                       support::Diagnostics& problems);

std::vector<Check> read_checks(std::span<const support::Node> nodes, const Defaults& defaults,
                               support::Diagnostics& problems);

/// Also binds every waiver to the check and the slice columns it names, unless checks are missing
/// because a policy could not be read.
std::vector<Waiver> read_waivers(std::span<const support::Node> nodes,
                                 std::span<const Check> checks, bool all_checks_known,
                                 support::Diagnostics& problems);

/// `from`, `key`, `window`, `max_age` and `candidate` of an input of kind history.
HistorySource read_history_source(const SettingsReader& settings, support::Diagnostics& problems);

/// `chart`, `anchor` and `budget` of a check.
std::optional<Chart> read_chart(const support::Node& node, const std::string& name,
                                support::Diagnostics& problems);
std::optional<Anchor> read_anchor(const support::Node& node, const std::string& name,
                                  support::Diagnostics& problems);
std::optional<Budget> read_budget(const support::Node& node, const std::string& name,
                                  support::Diagnostics& problems);

/// `select` of an input of kind metrics.
LogSelection read_selection(const support::Node& node, const std::string& name,
                            support::Diagnostics& problems);

}  // namespace metricgate::policy
