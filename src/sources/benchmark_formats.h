#pragma once

#include "sources/table_reader.h"

namespace metricgate::sources {

// What benchmark and load-test tools write: repeated measurements with units, and the machine they
// were taken on.

MetricFormat google_benchmark();
MetricFormat pytest_benchmark();
MetricFormat pyperf();
MetricFormat hyperfine();
MetricFormat go_benchmark();
MetricFormat k6_summary();
MetricFormat locust_csv();
MetricFormat locust_json();
MetricFormat mlperf_summary();

}  // namespace metricgate::sources
