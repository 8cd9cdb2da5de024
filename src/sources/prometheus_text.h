#pragma once

#include "sources/document.h"
#include "sources/recording.h"

namespace metricgate::sources {

/// What a service shows at /metrics: Prometheus' text exposition, or OpenMetrics (which ends with
/// `# EOF`).
bool recognises_prometheus_text(const Document& document);
support::Result<Recording> read_prometheus_text(const Document& document);

}  // namespace metricgate::sources
