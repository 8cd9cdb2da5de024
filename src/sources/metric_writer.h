#pragma once

#include <string>
#include <string_view>

#include "evidence/metric_file.h"
#include "sources/recording.h"

namespace metricgate::sources {

/// The product's own metric file (schemas/metrics.schema.json) with all that a run holds: entries,
/// series, units, conditions, metadata and notes. Doubles are written so that they read back as the
/// same bits. A number that is not finite is the bare token that `support::parse_json` takes; an
/// entry that is no number is `null`, which is an error for the check that uses it as it was
/// before. `provenance` joins the metadata under `provenance.`.
std::string metric_file_of(const Run& run, const evidence::Metadata& provenance);

/// Whether a file begins as those of `metric_file_of` do.
bool is_metric_file(std::string_view bytes);

}  // namespace metricgate::sources
