#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/origin.h"
#include "cli/plan.h"
#include "evidence/examples.h"
#include "evidence/metric_file.h"
#include "evidence/observed_column.h"
#include "history/catalog.h"
#include "support/result.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// The evidence of one input.
struct LoadedInput {
    verdict::InputInfo info;
    std::optional<evidence::Examples> examples;  ///< kind predictions
    /// Several files a side: every run as the candidate's columns, its rows those of `examples`.
    std::vector<evidence::Examples> baseline_runs, candidate_runs;
    std::optional<evidence::MetricFile> candidate, baseline;  ///< kinds metrics and samples
    bool same_content = false;  ///< kind metrics: the same run of files that hold the same bytes
    std::map<std::string, evidence::ColumnSides>
        columns;                            ///< by role or column name: what column checks look at
    std::vector<std::string> free_columns;  ///< those without a role, for `of: "*"`; ascending
    std::optional<evidence::Examples>
        different_baseline;  ///< `pair_by: none`: the baseline's own examples, in the candidate's
                             ///< columns; `examples` then holds the candidate alone
    std::optional<history::Histories> histories;  ///< kind history
    /// Kind history, by metric: when and on what the candidate's value was measured.
    std::map<std::string, evidence::HistoryPoint> newest;
    bool uncommitted = false;  ///< kind history, from git: it is of a file that no commit holds yet
    std::map<std::string, std::string> stale;  ///< kind history, by metric: why it has none
    /// Kind history: the commit of the point that an anchor's revision means, by revision.
    std::map<std::string, std::string> anchors;
    bool baseline_absent =
        false;  ///< the baseline commit resolves and has no such file: a first run
    std::vector<std::string> warnings;  ///< of where the evidence was read, in sentences
    std::string incomparable;           ///< why the two sides are not the same population
};

/// Reads and pairs the evidence of the input Plan::inputs[index].
support::Result<LoadedInput> load(const Plan& plan, std::size_t index,
                                  const CheckArguments& arguments,
                                  const std::string& policy_directory, Opener& opener);

}  // namespace metricgate::cli
