#pragma once

#include <string>
#include <vector>

#include "evidence/metric_file.h"
#include "support/result.h"

namespace metricgate::cli {

/// Names the runs of one file by `run_id`: a key of its metadata, a number, or a list of numbers as
/// long as every other list of the file, which is no metric then. Nothing happens without `run_id`;
/// a file that lacks it is a problem.
support::Result<support::Done> name_runs(evidence::MetricFile& file, const std::string& run_id);

/// Several files of recorded metrics are repeated runs: every number becomes one run of a list, and
/// lists are joined. Every file needs the same metrics. One file stays as it is.
support::Result<evidence::MetricFile> merge_runs(std::vector<evidence::MetricFile> runs);

}  // namespace metricgate::cli
