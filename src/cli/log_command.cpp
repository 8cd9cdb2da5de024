#include "cli/log_command.h"

#include <algorithm>

#include "cli/log_points.h"
#include "cli/log_target.h"
#include "cli/origin.h"
#include "cli/output.h"
#include "history/newest.h"
#include "report/escape.h"
#include "sources/mlflow_tracker.h"
#include "sources/table_reader.h"
#include "support/hash.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::cli {
namespace {

using support::Result;

constexpr std::string_view no_commit = "none";
constexpr std::string_view experiments = "mlflow:experiments/";

std::string hex_of(std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = text.size(); i > 0; --i, number >>= 4U) {
        text[i - 1] = digits[number & 15U];
    }
    return text;
}

/// XXH3-64 of a file, as `xxhsum -H3` prints it; of a folder, that of the list of its files'
/// digests and names.
Result<std::string> data_digest(const std::string& path, Opener& opener) {
    const auto origin = opener.open(path, support::PathTrust::command_line, "");
    if (!origin.ok()) {
        return origin.problems();
    }
    if (!origin->document || !origin->document->is_folder()) {
        return "xxh3:" + hex_of(support::hash64(origin->bytes.view()));
    }
    std::string list;
    for (const std::string& name : origin->document->folder().names()) {
        const auto bytes = origin->document->folder().read(name);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        list += hex_of(support::hash64(bytes->view())) + "  " + name + "\n";
    }
    return "xxh3:" + hex_of(support::hash64(list));
}

bool is_full_id(std::string_view text) {
    return (text.size() == 40 || text.size() == 64) && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// The commit that the values belong to; empty where there is no repository, or none is wanted.
Result<std::string> commit_of(const LogArguments& arguments, Opener& opener) {
    if (arguments.commit == no_commit || is_full_id(arguments.commit)) {
        return arguments.commit == no_commit ? std::string() : arguments.commit;
    }
    const std::string here = opener.files().working_directory();
    const bool in_repository = opener.files().exists(opener.root_of(here) + "/.git");
    if (arguments.commit.empty() && !in_repository) {
        return std::string();
    }
    const auto commit = opener.resolve(arguments.commit.empty() ? "HEAD" : arguments.commit);
    if (commit.ok()) {
        return commit->id;
    }
    support::Diagnostics problems = commit.problems();
    problems.front().message += "; --commit none records without one";
    return problems;
}

Result<LogMoment> moment_of(const LogArguments& arguments, Opener& opener, const World& world) {
    LogMoment moment;
    const auto time = arguments.time ? arguments.time : world.now;
    if (!time) {
        return usage_problem("there is no clock; give --time");
    }
    if (history::is_ahead(time, world.now)) {
        return usage_problem(
            "--time lies more than a day ahead of the clock; give the time at "
            "which the values were measured");
    }
    moment.time = *time;
    auto commit = commit_of(arguments, opener);
    if (!commit.ok()) {
        return commit.problems();
    }
    moment.commit = std::move(commit).value();
    moment.commit_is_stated = !arguments.commit.empty();
    moment.data_digest = arguments.data_digest;
    if (!arguments.data.empty()) {
        auto digest = data_digest(arguments.data, opener);
        if (!digest.ok()) {
            return digest.problems();
        }
        moment.data_digest = std::move(digest).value();
    }
    return moment;
}

/// All runs of an experiment, which stand for its history here and for its last run elsewhere.
Result<sources::Recording> experiment(const std::string& address, Opener& opener,
                                      const World& world) {
    sources::TrackerEnvironment environment;
    environment.files = &opener.files();
    environment.variable = [&](std::string_view name) -> std::optional<std::string> {
        const auto found = world.environment.find(std::string(name));
        return found == world.environment.end() ? std::nullopt : std::optional(found->second);
    };
    auto read = sources::read_mlflow_experiment(address, environment, {});
    if (!read.ok()) {
        return read.problems();
    }
    for (const std::string& file : read->files) {
        opener.spare(file);
    }
    return sources::recording_of(std::move(read->runs), address);
}

/// Whether a document is a table of values over time rather than a log or a metric file.
bool is_table(const sources::Document& document, const std::string& format) {
    const auto named = [&](const auto& known) { return known.name == format; };
    return format.empty() ? !document.is_folder() && !sources::looks_like_metrics(document)
                          : std::ranges::any_of(sources::table_formats(), named) &&
                                std::ranges::none_of(sources::metric_formats(), named);
}

/// A row a measurement, which a commit, a step or a time places.
Result<LogPoints> read_table_points(const LogArguments& arguments, const LogMoment& moment,
                                    const Origin& origin, Opener& opener) {
    const Spec& input = arguments.from.input;
    if (input.path == "-" || !input.revision.empty()) {
        return support::problem_in(origin.name,
                                   "is a table, which is recorded from a file; write it to one");
    }
    const auto outline = sources::outline(*origin.document, arguments.from.format);
    if (!outline.ok()) {
        return outline.problems();
    }
    history::Request request;
    for (const std::string key : {"commit", "step", "time"}) {
        const bool there = std::ranges::find(outline->columns, key) != outline->columns.end();
        request.key = request.key.empty() && there ? key : request.key;
    }
    if (request.key.empty()) {
        return support::problem_in(
            origin.name, "is a table without a column commit, step or time; it has " +
                             support::enumerate(outline->columns) +
                             ": a table of examples is judged by `check`, and its metrics are "
                             "recorded");
    }
    request.address = input.path;
    request.format = arguments.from.format;
    request.files = &opener.files();
    request.now = opener.now();
    auto read = history::read_histories("file", request);
    if (!read.ok()) {
        return read.problems();
    }
    if (!arguments.from.metrics.empty()) {
        std::erase_if(read->histories, [&](const evidence::History& history) {
            return std::ranges::none_of(arguments.from.metrics, [&](const std::string& glob) {
                return support::matches_glob(glob, history.metric);
            });
        });
    }
    if (read->histories.empty()) {
        return support::problem_in(origin.name, "holds no column of numbers that is wanted");
    }
    return table_points(*read, arguments, moment);
}

Result<LogPoints> read_points(const LogArguments& arguments, LogMoment moment, Opener& opener,
                              const World& world) {
    const Spec& input = arguments.from.input;
    if (input.path.empty()) {
        return typed_points(arguments, moment);
    }
    if (input.path.starts_with(experiments)) {
        const auto recording = experiment(input.path, opener, world);
        return recording.ok() ? recorded_points(*recording, arguments, moment)
                              : recording.problems();
    }
    if (!input.tracker && input.revision.empty() && input.path != "-" &&
        !opener.files().exists(input.path)) {
        return usage_problem("'" + support::visible(input.path) +
                             "' is no file that is there, and has no value; wanted NAME=VALUE, or "
                             "a file");
    }
    auto origin = opener.open(input);
    if (!origin.ok()) {
        return origin.problems();
    }
    if (!origin->commit.empty() && !moment.commit_is_stated) {
        moment.commit = origin->commit;
        moment.commit_is_stated = true;
    }
    if (origin->recording == nullptr) {
        if (const auto done = unpack(*origin); !done.ok()) {
            return done.problems();
        }
        if (is_table(*origin->document, arguments.from.format)) {
            return read_table_points(arguments, moment, *origin, opener);
        }
        auto recording = sources::read_metrics(*origin->document, arguments.from.format);
        if (!recording.ok()) {
            return recording.problems();
        }
        origin->recording = std::make_shared<sources::Recording>(std::move(recording).value());
    }
    return recorded_points(*origin->recording, arguments, moment);
}

/// What another clock recorded, which may have been a wrong one.
support::Diagnostics of_the_future(const std::vector<history::NewPoint>& points,
                                   const std::optional<std::int64_t>& now) {
    constexpr std::size_t most = 10;
    support::Diagnostics problems;
    for (const history::NewPoint& each : points) {
        if (history::is_ahead(each.point.time, now) && problems.size() < most) {
            problems.push_back(history::ahead_problem(each.metric, each.point));
        }
    }
    return problems;
}

Result<LogOutcome> record(const LogArguments& arguments, const World& world,
                          std::vector<std::string>& notes) {
    Opener opener(world.files, {}, arguments.from.trust_repository, world.environment, world.now);
    const auto moment = moment_of(arguments, opener, world);
    if (!moment.ok()) {
        return moment.problems();
    }
    auto points = read_points(arguments, *moment, opener, world);
    if (!points.ok()) {
        return points.problems();
    }
    if (support::Diagnostics problems = of_the_future(points->points, world.now);
        !problems.empty()) {
        return problems;
    }
    notes = std::move(points->notes);
    auto outcome = append_to(arguments.store, points->points, opener, world);
    if (outcome.ok()) {
        outcome->commit = moment->commit;
        outcome->time = moment->time;
    }
    return outcome;
}

}  // namespace

int log_command(const LogArguments& arguments, const Streams& streams, const World& world) {
    std::vector<std::string> notes;
    const auto outcome = record(arguments, world, notes);
    if (!outcome.ok()) {
        print(streams.error, describe_all(outcome.problems()) + closing_line("not_recorded", 2));
        return 2;
    }
    std::string said;
    for (const std::string& note : notes) {
        said += report::guard_workflow_lines("note: " + support::visible(note, 0) + "\n");
    }
    // The store holds the values by now: what cannot be said any more changes nothing about that.
    if (arguments.json && !print(streams.out, json_of(*outcome))) {
        print(streams.error,
              said + "standard output: could not be written (closed, or the disk is full)\n" +
                  closing_line(sentence_of(*outcome) + ", and not all told", 2));
        return 2;
    }
    return print(streams.error, said + closing_line(sentence_of(*outcome), 0)) ? 0 : 2;
}

}  // namespace metricgate::cli
