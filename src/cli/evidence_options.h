#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "support/diagnostic.h"

namespace CLI {
class App;
}

namespace metricgate::cli {

/// The options of every command that looks at evidence under a policy, as typed: text only, so that
/// no parser but ours reads a number.
struct RawEvidence {
    std::string positional;
    std::vector<std::string> candidates, baselines, reports, select, ignore, metadata;
    std::string threads;
};

/// Adds CANDIDATE and the options that say where evidence and policy are. Both structs must outlive
/// the parsing, and each subcommand needs a pair of its own.
void add_evidence_options(CLI::App& command, CheckArguments& check, RawEvidence& raw);

/// Adds `--report FORMAT[=FILE]`.
void add_report_option(CLI::App& command, RawEvidence& raw);

/// Reads FORMAT and FORMAT=FILE: one to standard output at most, no file twice; `formats` are those
/// that the command can write.
void read_reports(const std::vector<std::string>& texts, const std::vector<std::string>& formats,
                  std::vector<ReportRequest>& reports, support::Diagnostics& problems);

/// Reads what was typed into `check`; `formats` are the reports that the command can write.
void read_evidence(const RawEvidence& raw, const std::vector<std::string>& formats,
                   CheckArguments& check, support::Diagnostics& problems);

}  // namespace metricgate::cli
