#pragma once

#include <string_view>
#include <vector>

#include "comparison/chart.h"

namespace metricgate::comparison {

/// A type of chart that a policy may ask for.
struct ChartKind {
    std::string_view name;
    ChartType type;
    std::string_view summary;
    std::string_view settings;   ///< keys of a policy's `chart` that only this type looks at
    std::string_view reference;  ///< paper or handbook
};

/// Every type of chart.
const std::vector<ChartKind>& chart_kinds();

/// A name that a policy's `rules` may hold: one rule, or a customary set.
struct ChartRule {
    std::string_view name;
    std::vector<stats::RunRule> rules;
    std::vector<stats::RunRule> on_both_sides;  ///< with `sides: both` these, too
    std::string_view summary;                   ///< what it rings on
    std::string_view reference;
};

/// Every rule of individuals charts, single ones first. A rule that knows no better and worse has
/// no `rules`, only `on_both_sides`.
const std::vector<ChartRule>& chart_rules();

/// Null when there is none of that name.
const ChartRule* find_rule(std::string_view name);

/// The settings of a chart that a policy leaves out.
ChartOptions default_options(ChartType type);

}  // namespace metricgate::comparison
