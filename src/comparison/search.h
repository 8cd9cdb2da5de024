#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "comparison/comparison.h"

namespace metricgate::comparison {

/// Catalog name of the method behind a search.
inline constexpr std::string_view search_method = "shared_signs";

/// Why a metric cannot be searched for its worst part, naming the metrics that can; empty when it
/// can: a mean over examples, of successes or of one loss.
std::string why_not_searched(const metrics::Metric& metric);

/// The part with the worst change.
struct WorstPart {
    std::size_t index = 0;  ///< into the parts that were given
    Comparison comparison;  ///< of that part; all bounds hold for every part at once
};

/// Looks for the part of the examples in which the candidate does worst. Parts are lists of rows
/// out of `all`, may overlap, and there is at least one. One random sign an independent unit
/// (example, or cluster) is shared by all parts: where nothing has changed, a unit's difference
/// between the sides is as likely as its opposite, so the largest of the parts' score statistics is
/// held against its distribution over draws of signs (stats/shared_signs.h). When the sides are
/// exchangeable the error rate of the whole search is exact at any size, else it is right for large
/// samples.
///
/// The interval of a part holds the changes that the same statistic does not reject at the critical
/// value of the maximum: Tango's for unweighted outcomes, else the score interval of a mean. All of
/// them hold together at options.confidence a side. `p_no_loss` is adjusted for the search.
///
/// The worst part is the one with the strongest evidence of a loss among those with a shown loss
/// that reaches the margin; without any, among those whose loss reaches the margin, then among
/// those that may have one, then among all; the first of equals. So the comparison passes only when
/// a loss beyond the margin is ruled out in every part.
WorstPart find_worst(const metrics::Metric& metric, const evidence::Examples& examples,
                     const evidence::Rows& all, const std::vector<evidence::Rows>& parts,
                     const Margin& margin, const Options& options);

}  // namespace metricgate::comparison
