#pragma once

#include <string>

#include "evidence/metric_file.h"
#include "support/node.h"

namespace metricgate::sources {

/// True for a map that describes one quantity: {value, stderr, n, unit}, {values, unit} or
/// {events, exposure, unit}, with nothing else in it.
bool is_described_leaf(const support::Node& map);

/// The entry that a leaf of a metric tree makes: a number, a list, a described quantity - or
/// something that is no number, which only the check that uses it complains about.
evidence::Entry entry_of(std::string name, const support::Node& leaf);

}  // namespace metricgate::sources
