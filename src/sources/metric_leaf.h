#pragma once

#include <string>

#include "sources/recording.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for a map that describes one quantity: {value, stderr, n, unit}, {values, unit} or
/// {events, exposure, unit}, each also with `conditions`, and with nothing else in it.
bool is_described_leaf(const support::Node& map);

/// The entry that a leaf of a metric tree makes: a number, a list, a described quantity - or
/// something that is no number, which only the check that uses it complains about.
evidence::Entry entry_of(std::string name, const support::Node& leaf);

/// True for {series, unit, conditions}, with nothing else in it: a value a step.
bool is_series_leaf(const support::Node& map);

/// The values of `[[step, value], [step, value, stderr, n], ...]`: steps are whole and ascending,
/// the last two may be null.
support::Result<Series> series_of(const std::string& name, const support::Node& leaf);

}  // namespace metricgate::sources
