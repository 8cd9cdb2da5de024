#include "cli/log_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "history/store.h"
#include "sources/selection.h"
#include "sources/tracker.h"
#include "support/number.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;

/// NAME=VALUE, and not a path or an address that has a `=` in it.
bool is_value(const std::string& text) {
    return text.find('=') != std::string::npos && !text.starts_with("./") &&
           !text.starts_with("../") && !text.starts_with('/') && !text.starts_with("git:") &&
           sources::tracker_of(text) == nullptr;
}

void read_value(const std::string& text, LogArguments& log, Diagnostics& problems) {
    const std::size_t equals = text.rfind('=');
    const std::string name = text.substr(0, equals);
    const std::string value = text.substr(equals + 1);
    const std::string shown = "'" + support::visible(text) + "'";
    if (name.empty()) {
        problems.push_back(usage_problem(shown + ": the value has no name; wanted NAME=VALUE"));
    } else if (value.empty()) {
        problems.push_back(usage_problem(shown + ": '" + support::visible(name) +
                                         "' has no value; wanted NAME=VALUE"));
    } else if (support::parse_number(value).kind == support::NumberKind::malformed) {
        problems.push_back(usage_problem(
            shown + ": '" + support::visible(value) +
            "' is no number; wanted NAME=VALUE, and a file whose name has '=' is written ./" +
            support::visible(text)));
    } else if (std::ranges::any_of(log.values,
                                   [&](const auto& one) { return one.first == name; })) {
        problems.push_back(
            usage_problem(shown + ": '" + support::visible(name) + "' has two values; give one"));
    } else {
        log.values.emplace_back(name, value);
    }
}

void read_inputs(const std::vector<std::string>& inputs, LogArguments& log, Diagnostics& problems) {
    std::vector<std::string> files;
    for (const std::string& text : inputs) {
        if (is_value(text)) {
            read_value(text, log, problems);
        } else {
            files.push_back(text);
        }
    }
    if (inputs.empty()) {
        problems.push_back(usage_problem("nothing to record; wanted NAME=VALUE or a file"));
    } else if (files.size() > 1 || (!files.empty() && files.size() < inputs.size())) {
        problems.push_back(usage_problem("'" + support::visible(files.front()) +
                                         "' and more: wanted either values, NAME=VALUE, or one "
                                         "file"));
    } else if (!files.empty()) {
        auto spec = parse_spec(files.front());
        if (spec) {
            log.from.input = std::move(*spec);
        } else {
            problems.insert(problems.end(), spec.problems().begin(), spec.problems().end());
        }
    }
}

void read_step(const std::string& text, LogArguments& log, Diagnostics& problems) {
    if (text.empty()) {
        return;
    }
    constexpr double largest = 9007199254740992.0;  // 2^53
    const auto number = support::parse_number(text);
    const bool whole = number.kind == support::NumberKind::finite &&
                       number.value == std::floor(number.value) &&
                       std::abs(number.value) <= largest;
    if (!whole) {
        problems.push_back(usage_problem("--step " + text + ": wanted a whole number"));
        return;
    }
    log.step = static_cast<std::int64_t>(number.value);
}

void add_fact(const std::string& name, const std::string& value, LogArguments& log,
              Diagnostics& problems) {
    if (!log.metadata.emplace(name, value).second) {
        problems.push_back(usage_problem("'" + support::visible(name) +
                                         "' is given twice as metadata; give it once"));
    }
}

void read_metadata(const RawLog& raw, LogArguments& log, Diagnostics& problems) {
    for (const auto& [name, value] :
         {std::pair("model_version", &raw.model_version), std::pair("features", &raw.features),
          std::pair("infrastructure", &raw.infrastructure),
          std::pair("data_source", &raw.data_source)}) {
        if (!value->empty()) {
            add_fact(name, *value, log, problems);
        }
    }
    if (!raw.attempt.empty()) {
        add_fact(std::string(history::attempt_key), raw.attempt, log, problems);
    }
    for (const std::string& tag : raw.tags) {
        const std::size_t equals = tag.find('=');
        if (equals == std::string::npos || equals == 0) {
            problems.push_back(usage_problem("--tag " + tag + ": wanted KEY=VALUE"));
        } else if (tag.substr(0, equals) == history::run_key ||
                   tag.substr(0, equals) == history::attempt_key) {
            problems.push_back(
                usage_problem("--tag " + tag + ": write --" + tag.substr(0, equals) + " instead"));
        } else {
            add_fact(tag.substr(0, equals), tag.substr(equals + 1), log, problems);
        }
    }
}

}  // namespace

CLI::App* add_log(CLI::App& app, LogArguments& log, RawLog& raw) {
    CLI::App* command = app.add_subcommand(
        "log", "Record values with their step, time, commit and metadata in a store");
    command->add_option(
        "VALUES", raw.inputs,
        "NAME=VALUE..., or one file, folder, git:REV:PATH, tracker's address or `-` "
        "of any format that recorded metrics have");
    command->add_option("--store", log.store,
                        "Where to: an SQLite file (default: metricgate.db), one of JSON lines "
                        "(NAME.jsonl), mlflow:experiments/NAME or mlflow:runs/ID");
    command->add_option("--step", raw.step, "Step of the values: an epoch, a night, a build");
    command->add_option(
        "--time", raw.time,
        "When values were measured that bring no time, as 2026-12-31T10:00:00Z (default: "
        "now, in UTC)");
    command->add_option("--commit", log.commit,
                        "Commit they belong to: a revision, a full id or none (default: HEAD of "
                        "the repository here)");
    command->add_option("--run", log.from.run,
                        "Run they belong to; of an input with several runs, the one to take");
    command->add_option("--attempt", raw.attempt, "Which attempt at the same run this is");
    command->add_option("--model-version", raw.model_version, "Version of the model");
    command->add_option("--data", log.data, "File or folder measured on: its digest is recorded");
    command->add_option("--data-digest", log.data_digest, "Digest of the data, where it is known");
    command->add_option("--data-source", raw.data_source, "Where the data came from");
    command->add_option("--features", raw.features, "Features, or their version");
    command->add_option("--infrastructure", raw.infrastructure, "Machine, image or cluster");
    command->add_option("--tag", raw.tags, "KEY=VALUE, further metadata; repeatable")
        ->allow_extra_args(false);
    command->add_option("--format", log.from.format, "Format of the file (default: recognised)");
    command
        ->add_option("--metric", log.from.metrics,
                     "Only metrics whose name matches this glob; repeatable")
        ->allow_extra_args(false);
    command->add_option("--series", log.from.step,
                        "Of values with steps: last, best, highest, lowest, step=N or mean=K "
                        "(default: every one)");
    command->add_flag("--allow-unfinished", log.from.allow_unfinished,
                      "Take runs that failed or still run, too");
    command->add_flag("--json", log.json, "Print what was recorded as JSON");
    command->add_flag("--trust-repository", log.from.trust_repository,
                      "Open a repository owned by another user");
    command->footer(
        "All values are recorded or none. Exit codes: 0 recorded, 2 nothing was recorded, 70 a bug "
        "in metricgate.");
    return command;
}

void read_log(const RawLog& raw, LogArguments& log, Diagnostics& problems) {
    read_inputs(raw.inputs, log, problems);
    read_step(raw.step, log, problems);
    read_metadata(raw, log, problems);
    if (!raw.time.empty()) {
        log.time = support::parse_time(raw.time);
        if (!log.time) {
            problems.push_back(
                usage_problem("--time " + raw.time + ": wanted a time, like 2026-12-31T10:00:00Z"));
        }
    }
    if (!log.data.empty() && !log.data_digest.empty()) {
        problems.push_back(usage_problem("give --data or --data-digest, not both"));
    }
    if (!log.data.empty()) {
        log.metadata.emplace("data_source", log.data);
    }
    if (!log.from.step.empty() && !sources::parse_step_rule(log.from.step)) {
        problems.push_back(usage_problem("--series " + log.from.step + ": wanted " +
                                         std::string(sources::step_rules)));
    }
    if (log.store.empty()) {
        log.store = history::default_store;
    }
    if (!log.from.input.input.empty()) {
        problems.push_back(usage_problem("'" + log.from.input.input +
                                         "=': a file whose name has '=' is written ./NAME"));
    }
    const bool reads = !log.from.input.path.empty();
    if (!reads && !(log.from.format.empty() && log.from.metrics.empty() && log.from.step.empty())) {
        problems.push_back(
            usage_problem("--format, --metric and --series choose from a file; none is given"));
    }
}

}  // namespace metricgate::cli
