#pragma once

#include "sources/document.h"
#include "sources/prometheus_series.h"
#include "sources/recording.h"
#include "support/node.h"

namespace metricgate::sources {

/// What the HTTP API of Prometheus answers to query and query_range, kept in a file.
bool recognises_prometheus_answer(const Document& document);
support::Result<Recording> read_prometheus_answer(const Document& document);

/// The same of an answer that just came; `context` has the range that was asked for.
support::Result<Recording> recording_of_answer(const support::Node& answer,
                                               const std::string& source,
                                               PrometheusContext context);

}  // namespace metricgate::sources
