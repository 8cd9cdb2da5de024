#pragma once

#include <string>
#include <string_view>

#include "sources/run_builder.h"

namespace metricgate::sources {

/// Adds what one FeatureNameStatistics message says to the entries of `run`. Gives back what is
/// wrong with the message, or nothing.
std::string add_tfdv_feature(std::string_view message, const std::string& source, RunBuilder& run);

/// The same for one CrossFeatureStatistics message: `cross.X.Y.correlation`.
std::string add_tfdv_pair(std::string_view message, const std::string& source, RunBuilder& run);

/// The name or path of a feature, its steps joined with dots; empty where there is none.
std::string tfdv_feature_name(std::string_view message);

}  // namespace metricgate::sources
