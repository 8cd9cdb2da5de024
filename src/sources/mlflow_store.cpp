#include "sources/mlflow_store.h"

#include "support/text.h"

namespace metricgate::sources {

using support::Diagnostic;
using support::problem_in;
using support::visible;

Diagnostic no_such_run(const std::string& store, const std::string& id) {
    return problem_in(store, "there is no run '" + visible(id) + "'; check its id");
}

Diagnostic no_such_alias(const std::string& store, const std::string& model,
                         const std::string& alias) {
    return problem_in(store, "there is no model '" + visible(model) + "' with the alias '" +
                                 visible(alias) + "'; set it, or name models/NAME/VERSION");
}

Diagnostic no_such_version(const std::string& store, const std::string& model,
                           const std::string& version) {
    return problem_in(store, "there is no version " + visible(version) + " of a model '" +
                                 visible(model) + "'; check both");
}

Diagnostic version_without_run(const std::string& store, const std::string& model,
                               const std::string& version) {
    return problem_in(store, "version " + visible(version) + " of model '" + visible(model) +
                                 "' names no run that it came from; name the run itself");
}

Diagnostic no_such_experiment(const std::string& store, const std::string& experiment) {
    return problem_in(store, "there is no experiment '" + visible(experiment) +
                                 "' that is not deleted; check its name");
}

Diagnostic no_run_in(const std::string& store, const std::string& experiment,
                     const std::vector<TagCondition>& filter) {
    return problem_in(
        store, "no run of experiment '" + visible(experiment) + "' " +
                   (filter.empty() ? "is there" : "satisfies " + visible(mlflow_filter(filter))) +
                   "; check the filter, or run it");
}

}  // namespace metricgate::sources
