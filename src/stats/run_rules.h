#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace metricgate::stats {

/// Patterns that a process in control hardly ever shows. All comparisons are strict, so that a
/// point on the center line is on neither side of it. Sources: Western Electric, "Statistical
/// Quality Control Handbook" 1956 (rules 1 to 4); Nelson, "The Shewhart control chart - tests for
/// special causes", Journal of Quality Technology 16, 1984.
enum class RunRule {
    beyond_three_sigma,
    two_of_three_beyond_two,       ///< on one side; the last point is one of them
    two_of_three_beyond_two_any,   ///< on one side; the last point need not be
    four_of_five_beyond_one,       ///< on one side; the last point is one of them
    four_of_five_beyond_one_any,   ///< on one side; the last point need not be
    eight_on_one_side,             ///< Western Electric
    nine_on_one_side,              ///< Nelson
    six_trending,                  ///< each above the one before, or each below
    fourteen_alternating,          ///< up and down in turn
    fifteen_within_one,            ///< of the center, either side
    eight_beyond_one_either_side,  ///< none within one sigma
};

/// Every rule, in the order above, and its name for reports.
std::span<const RunRule> run_rules();
std::string_view name_of(RunRule rule);

/// The positions (from 0) of the last points of the rule's patterns, ascending. Values in the order
/// of time; `sigma` of one value, 0 and infinite ones included: at sigma 0 any point off the center
/// is beyond every multiple of it, at an infinite sigma none is.
std::vector<std::size_t> find_pattern(RunRule rule, std::span<const double> values, double center,
                                      double sigma);

}  // namespace metricgate::stats
