#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "support/diagnostic.h"

namespace CLI {
class App;
}

namespace metricgate::cli {

/// The options of `log` as typed: text only, so that no parser but ours reads a number.
struct RawLog {
    std::vector<std::string> inputs, tags;
    std::string step, time, model_version, features, infrastructure, data_source, attempt;
};

/// Adds `log`; both structs must outlive the parsing.
CLI::App* add_log(CLI::App& app, LogArguments& log, RawLog& raw);

/// Reads what was typed into `log`.
void read_log(const RawLog& raw, LogArguments& log, support::Diagnostics& problems);

}  // namespace metricgate::cli
