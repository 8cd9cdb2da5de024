#pragma once

#include <string>

#include "report/gallery.h"

namespace metricgate::report {

/// Both sides as outlines over the same bins, in per cent of their own examples.
std::string distribution_spec(const Distribution& distribution);

/// "0.2 to 0.4", "0.4 and above": the bins of a distribution in words.
std::string bin_words(const Distribution& distribution, std::size_t bin);

}  // namespace metricgate::report
