#pragma once

#include <string>
#include <string_view>

#include "sources/recording.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::sources {

/// What the product's own metric files say in `schema`.
inline constexpr std::string_view metrics_schema = "metricgate.metrics/1";

/// Flattens a document into one run: nested keys are joined with `.`. With a top-level `schema` it
/// is the product's own format and read strictly (schemas/metrics.schema.json); else every leaf is
/// an entry, but for a top-level `metadata` map of plain texts and numbers.
support::Result<Recording> recording_of(const support::Node& document, const std::string& source);

}  // namespace metricgate::sources
