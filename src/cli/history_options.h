#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "support/diagnostic.h"

namespace CLI {
class App;
}

namespace metricgate::cli {

/// The options of `history` and `calibrate` as typed: text only, so that no parser but ours reads a
/// number.
struct RawHistory {
    std::vector<std::string> metrics, reports, charts;
    std::string store, path, window, phase_one, level, method, width, confidence, max_age;
};

/// Adds the command. Both structs must outlive the parsing.
CLI::App* add_history(CLI::App& app, HistoryArguments& history, RawHistory& raw);
CLI::App* add_calibrate(CLI::App& app, CalibrateArguments& calibrate, RawHistory& raw);

/// Reads what was typed.
void read_history(const RawHistory& raw, HistoryArguments& history, support::Diagnostics& problems);
void read_calibrate(const RawHistory& raw, CalibrateArguments& calibrate,
                    support::Diagnostics& problems);

}  // namespace metricgate::cli
