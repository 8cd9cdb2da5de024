#pragma once

#include <string>
#include <string_view>

#include "sources/document.h"
#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

/// The run that a log of W&B (`run-ID.wandb`) holds: what was logged, a value a step, and what
/// stands in its summary alone. A run that failed or did not end is refused.
support::Result<Run> read_wandb_log(std::string_view bytes, const std::string& source);

bool is_wandb_log(const Document& document);
support::Result<Recording> read_wandb_offline(const Document& document);

}  // namespace metricgate::sources
