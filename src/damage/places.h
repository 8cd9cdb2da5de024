#pragma once

#include <cstdint>
#include <vector>

#include "evidence/examples.h"

namespace metricgate::damage {

/// Where each example stands in the order in which examples are damaged, evenly over (0, 1): the
/// examples below 0.1 are a tenth of all, and a larger share holds every smaller one. The order
/// depends on the seed and the ids alone (on the position where there are no ids).
std::vector<double> places_of(const evidence::Examples& examples, std::uint64_t seed);

/// The same for `count` measurements that have no ids.
std::vector<double> places_of(std::size_t count, std::uint64_t seed);

}  // namespace metricgate::damage
