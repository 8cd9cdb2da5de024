#pragma once

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// True for statistics of TensorFlow Data Validation: a DatasetFeatureStatisticsList as TFRecord,
/// as its bare bytes (TFX's FeatureStats.pb) or in protobuf's text format.
bool is_tfdv_statistics(const Document& document);

/// One run a data set or slice, and of each feature what is known of it: `age.mean` with its
/// standard error, `age.missing_rate`, `age.q_25`, `plan.share.free`. What was computed of no value
/// has a flaw, because its 0 is none.
support::Result<Recording> read_tfdv_statistics(const Document& document);

}  // namespace metricgate::sources
