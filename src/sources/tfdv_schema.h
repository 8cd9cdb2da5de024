#pragma once

#include "sources/protobuf_text.h"

namespace metricgate::sources {

/// DatasetFeatureStatisticsList, as TensorFlow Metadata's statistics.proto declares it.
const TextMessage& tfdv_schema();

}  // namespace metricgate::sources
