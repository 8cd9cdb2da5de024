#pragma once

#include <string>
#include <string_view>

#include "evidence/metric_file.h"
#include "support/diagnostic.h"
#include "support/result.h"

namespace metricgate::history {

/// A JSON object of texts on one line, keys ascending.
std::string text_of(const evidence::Metadata& metadata);

/// Reads what `text_of` writes; anything else is a problem at `where`.
support::Result<evidence::Metadata> metadata_of(std::string_view text,
                                                const support::Location& where);

/// `text` as a JSON string.
std::string json_string(std::string_view text);

}  // namespace metricgate::history
