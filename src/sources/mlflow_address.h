#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace metricgate::sources {

/// `tags.KEY = 'VALUE'` or `!=`.
struct TagCondition {
    std::string key;
    bool equal = true;
    std::string value;
    bool operator==(const TagCondition&) const = default;
};

/// What an address names in a store of MLflow.
struct MlflowAddress {
    enum class Kind { run, alias, version, experiment };
    Kind kind = Kind::run;
    std::string name;                  ///< of the run, the model or the experiment
    std::string detail;                ///< alias or version
    std::vector<TagCondition> filter;  ///< of an experiment's runs; all must hold
};

/// Reads `runs/ID`, `models/NAME@ALIAS`, `models/NAME/VERSION`, `experiments/NAME` and
/// `experiments/NAME?filter=tags.KEY = 'VALUE' and ...`. Nothing in it is percent-encoded.
support::Result<MlflowAddress> parse_mlflow_address(std::string_view address);

/// True when the tags satisfy all conditions. As in MLflow, a run without the tag satisfies none,
/// `!=` neither.
bool satisfies(const std::map<std::string, std::string>& tags,
               const std::vector<TagCondition>& filter);

/// The filter in MLflow's own language.
std::string mlflow_filter(const std::vector<TagCondition>& filter);

}  // namespace metricgate::sources
