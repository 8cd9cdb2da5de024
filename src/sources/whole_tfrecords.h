#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace metricgate::sources {

/// True where the length of a first record is guarded by its checksum, as in every TFRecord file.
bool begins_as_tfrecord(std::string_view bytes);

/// The records of a file that a program wrote from start to end: one that is cut short or damaged
/// is a problem. The views are into the bytes.
support::Result<std::vector<std::string_view>> whole_tfrecords(std::string_view bytes,
                                                               const std::string& source);

}  // namespace metricgate::sources
