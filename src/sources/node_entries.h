#pragma once

#include <set>
#include <string>
#include <vector>

#include "evidence/metric_file.h"
#include "support/node.h"

namespace metricgate::sources {

/// Adds what a JSON value holds as entries: the value itself, or one a key, nested keys joined with
/// dots. Lists and texts, which describe or are drawn, are left out; what else is no number becomes
/// an entry with its flaw.
void add_entries(const std::string& name, const support::Node& value,
                 const evidence::Conditions& conditions, std::vector<evidence::Entry>& entries);

/// Gives the second entry of a name a ` #2` behind it, and so on.
void number_repeated_names(std::vector<evidence::Entry>& entries);

}  // namespace metricgate::sources
