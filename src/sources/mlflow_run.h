#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sources/recording.h"

namespace metricgate::sources {

/// One logged value of a metric, as any of MLflow's stores holds it.
struct MlflowPoint {
    std::int64_t step = 0;
    std::int64_t timestamp = 0;  ///< milliseconds
    support::ParsedNumber value;
    std::string digest;  ///< of the data set that it was measured on, or empty
};

/// A run as a store holds it: SQL database, folder or server.
struct MlflowRun {
    std::string id;
    std::string name;
    std::string status;     ///< FINISHED, RUNNING, SCHEDULED, FAILED or KILLED
    std::string lifecycle;  ///< active or deleted
    std::string experiment_id;
    std::string experiment;  ///< its name, or empty where the store was not asked
    std::int64_t start = 0;  ///< milliseconds
    std::map<std::string, std::vector<MlflowPoint>> metrics;
    std::map<std::string, MlflowPoint> latest;         ///< what the store itself calls the latest
    std::map<std::string, support::Diagnostic> flaws;  ///< metrics that could not be read
    std::map<std::string, std::string> params;
    std::map<std::string, std::string> tags;
    std::map<std::string, std::string> datasets;  ///< logged inputs: digest by name
    std::map<std::string, std::string> registry;  ///< the model version that led to the run
    support::Location where;
};

/// The commit that a run says it was made from, where it is a full id, or empty.
std::string commit_of(const MlflowRun& run);

/// What a run was measured on: the digest of its only data set, or all as `NAME DIGEST`, or empty.
std::string data_digest_of(const MlflowRun& run);

/// What is known of a run, but its metrics: params, tags that say something of the model, data
/// sets.
evidence::Metadata metadata_of(const MlflowRun& run);

/// Why a run may not be judged: it was deleted, failed or still runs.
std::optional<support::Diagnostic> refusal_of(const MlflowRun& run);

/// MLflow's order of the values of a metric: by step, time and value; what comes last is current.
bool comes_before(const MlflowPoint& a, const MlflowPoint& b);

/// A number of MLflow's SQL stores and servers: NaN is a flag there, and infinities are the largest
/// doubles.
support::ParsedNumber mlflow_value(double stored, bool is_nan);

/// Histories are ordered by (step, timestamp, value), which is how MLflow finds the current value;
/// a metric whose history and whose latest value disagree becomes an entry with a flaw.
Run run_of(MlflowRun run);

/// Sorted by id.
Recording recording_of(std::vector<MlflowRun> runs, const std::string& source);

/// The status behind the number that file stores write.
std::string_view mlflow_status(std::int64_t number);

/// True for what MLflow makes a run's id: 32 hexadecimal digits.
bool is_mlflow_id(std::string_view text);

}  // namespace metricgate::sources
