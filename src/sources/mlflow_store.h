#pragma once

#include <memory>
#include <string>

#include "sources/mlflow_address.h"
#include "sources/mlflow_run.h"
#include "support/result.h"

namespace metricgate::sources {

/// What an address needs of a store, whether it is a database, a folder or a server.
class MlflowStore {
public:
    virtual ~MlflowStore() = default;
    virtual support::Result<MlflowRun> run(const std::string& id) = 0;
    /// The version that an alias stands for.
    virtual support::Result<std::string> version_of(const std::string& model,
                                                    const std::string& alias) = 0;
    /// The id of the run that a version of a model came from.
    virtual support::Result<std::string> run_of_version(const std::string& model,
                                                        const std::string& version) = 0;
    /// The id of the run that was started last, of those that are not deleted and satisfy the
    /// filter. It may have failed: an older one must not stand in for it in silence.
    virtual support::Result<std::string> latest_run(const std::string& experiment,
                                                    const std::vector<TagCondition>& filter) = 0;
    /// The ids of all runs that are not deleted and satisfy the filter, the one that was started
    /// last first, by id where they were started at once. None is a problem.
    virtual support::Result<std::vector<std::string>> runs_in(
        const std::string& experiment, const std::vector<TagCondition>& filter) = 0;
    /// The run without the values that came before the current ones, as far as that is less work:
    /// `latest` holds the current ones where `metrics` does not.
    virtual support::Result<MlflowRun> current_values(const std::string& id) { return run(id); }
};

support::Diagnostic no_such_run(const std::string& store, const std::string& id);
support::Diagnostic no_such_alias(const std::string& store, const std::string& model,
                                  const std::string& alias);
support::Diagnostic no_such_version(const std::string& store, const std::string& model,
                                    const std::string& version);
support::Diagnostic version_without_run(const std::string& store, const std::string& model,
                                        const std::string& version);
support::Diagnostic no_such_experiment(const std::string& store, const std::string& experiment);
support::Diagnostic no_run_in(const std::string& store, const std::string& experiment,
                              const std::vector<TagCondition>& filter);

}  // namespace metricgate::sources
