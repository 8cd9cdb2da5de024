#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/metric_file.h"
#include "policy/policy.h"
#include "support/result.h"
#include "verdict/history_settings.h"

namespace metricgate::cli {

/// A place evidence comes from, as typed: `PATH`, `-`, `git:REV:PATH`, a tracker's address, each
/// with `INPUT=` before it when the policy has several inputs.
struct Spec {
    std::string input;     ///< name of the input, or empty: the only one
    std::string revision;  ///< of `git:REV:PATH`, or empty
    std::string path;
    bool tracker = false;  ///< `path` is an address: mlflow:runs/ID
    bool operator==(const Spec&) const = default;
};

struct ReportRequest {
    std::string format;
    std::string path;  ///< empty: standard output
};

/// What `metricgate check` was asked to do.
struct CheckArguments {
    std::vector<Spec> candidates;
    std::vector<Spec> baselines;
    std::string baseline_revision;    ///< a revision, or "auto"; empty: not asked for
    std::string baseline_merge_base;  ///< a branch; empty: not asked for
    std::string policy;               ///< a path; empty: search
    std::string policy_revision;      ///< empty or "worktree": the work tree's
    std::vector<ReportRequest> reports;
    std::vector<std::string> select;
    std::vector<std::string> ignore;
    std::vector<std::pair<std::string, std::string>> metadata;
    std::string format;  ///< of the evidence files; empty: recognised
    std::string candidate_run,
        baseline_run;  ///< of logs that hold several; empty: the policy's word
    std::size_t threads = 1;
    std::optional<policy::Date> now;  ///< the day on which waivers are looked at; none: none counts
    bool strict = false;
    bool no_fail = false;
    bool allow_identical = false;
    bool trust_repository = false;
};

struct ValidateArguments {
    std::string policy;
    std::string policy_revision;
    std::optional<policy::Date> now;
    bool trust_repository = false;
};

struct WaiversArguments {
    std::string policy;
    std::string policy_revision;
    std::optional<policy::Date> now;
    bool expired = false;            ///< list those that have lapsed
    std::optional<int> expiring_in;  ///< list those that lapse within so many days
    bool trust_repository = false;
};

struct InitArguments {
    std::string candidate;  ///< empty: found
    std::string baseline;   ///< empty: found, else the candidate's path at the base commit
    std::string ci;         ///< github, gitlab or none; empty: by the repository
    bool force = false;
};

struct ListArguments {
    std::string what;  ///< metrics, methods, charts, rules, formats, histories, reports or gates
    bool complete = false;  ///< every column, separated by tabs
};

struct ConvertArguments {
    Spec input;
    std::string output;                ///< empty: standard output
    std::string format;                ///< of the input; empty: recognised
    std::string run;                   ///< empty: the only one
    std::vector<std::string> metrics;  ///< globs; empty: all
    std::string step;                  ///< a step rule; empty: every value of every series
    bool allow_unfinished = false;
    bool trust_repository = false;
};

/// What `metricgate log` was asked to record.
struct LogArguments {
    std::vector<std::pair<std::string, std::string>> values;  ///< NAME, VALUE as typed
    /// Where values are read from, and which of them are taken; `input.path` is empty where values
    /// are typed. `run` names the run of the values where the input holds no runs.
    ConvertArguments from;
    std::string store;  ///< a path, or mlflow:experiments/NAME or mlflow:runs/ID
    std::optional<std::int64_t> step;
    std::optional<std::int64_t> time;  ///< seconds since 1970 in UTC; none: what the clock says
    std::string commit;                ///< a revision, a full id or "none"; empty: HEAD's
    std::string data;                  ///< a file or folder whose digest is recorded, or empty
    std::string data_digest;
    evidence::Metadata metadata;  ///< of options and tags
    bool json = false;            ///< print what was done as JSON
};

struct ExplainArguments {
    CheckArguments evidence;
    std::string check;          ///< id of a check, or id[column=value]
    std::size_t examples = 20;  ///< that changed, at most
};

/// Where the values over time are that a command looks at.
struct HistoryPlace {
    std::string from;                  ///< a source of the catalog; empty: the store
    std::string path;                  ///< empty: the default store
    std::string revision;              ///< git: the commit to walk back from; empty: HEAD
    std::string key;                   ///< what names a point; may be empty
    std::string format;                ///< empty: recognised
    std::vector<std::string> metrics;  ///< globs; empty: all
    std::optional<std::uint64_t> window;
    bool trust_repository = false;
};

/// What `metricgate history` was asked to show.
struct HistoryArguments {
    HistoryPlace place;
    verdict::HistorySettings settings;
    std::vector<ReportRequest> reports;
    std::size_t columns = 100;
    bool ascii = false;
    bool changes = false;                  ///< list changes of level, draw nothing
    bool gate = false;                     ///< a metric that rings ends in 1
    std::optional<std::uint64_t> max_age;  ///< days since the newest point that --gate allows
};

/// What `metricgate calibrate` was asked to propose margins from.
struct CalibrateArguments {
    HistoryPlace place;
    std::string policy;  ///< whose margins are looked at; empty: none
    std::vector<ReportRequest> reports;
    double confidence = 0.95;
    std::size_t columns = 100;
};

/// When text reports are coloured.
enum class Color { automatic, always, never };

enum class Command {
    check,
    power,
    selftest,
    explain,
    validate,
    waivers,
    init,
    doctor,
    convert,
    log,
    history,
    calibrate,
    list,
    help,
    version
};

struct Arguments {
    Command command = Command::help;
    Color color = Color::automatic;
    CheckArguments check;
    CheckArguments power;
    CheckArguments selftest;
    ExplainArguments explain;
    ValidateArguments validate;
    WaiversArguments waivers;
    InitArguments init;
    CheckArguments doctor;
    ConvertArguments convert;
    LogArguments log;
    HistoryArguments history;
    CalibrateArguments calibrate;
    ListArguments list;
    bool verbose = false;  ///< `version` names the libraries, too
    std::string help;      ///< the text to print for `help`
};

/// Reads the command line. Numbers go through the one number parser, and every mistake of CLI11
/// becomes a problem.
support::Result<Arguments> parse_arguments(const std::vector<std::string>& arguments);

/// A mistake on the command line.
support::Diagnostic usage_problem(std::string message);

/// Reads one SPEC. Addresses of unknown trackers, empty paths and revisions are problems.
support::Result<Spec> parse_spec(const std::string& text);

}  // namespace metricgate::cli
