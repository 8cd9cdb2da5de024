#include "cli/history_options.h"

#include <CLI/CLI.hpp>
#include <cmath>

#include "cli/evidence_options.h"
#include "cli/plan_trend.h"
#include "history/catalog.h"
#include "policy/read_sections.h"
#include "report/calibration.h"
#include "report/history.h"
#include "support/node.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;

constexpr double most_points = 1e9;

/// A whole number in a range; nothing, and a problem, for anything else that was typed.
std::optional<std::uint64_t> read_count(const std::string& option, const std::string& text,
                                        double least, double most, Diagnostics& problems) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto number = support::parse_number(text);
    const bool whole = number.kind == support::NumberKind::finite && number.value >= least &&
                       number.value <= most && number.value == std::floor(number.value);
    if (!whole) {
        problems.push_back(usage_problem(option + " " + text + ": wanted a whole number from " +
                                         support::format_exact(least) + " to " +
                                         support::format_exact(most)));
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(number.value);
}

/// A number inside of an open interval.
void read_share(const std::string& option, const std::string& text, double above, double below,
                double& value, Diagnostics& problems) {
    if (text.empty()) {
        return;
    }
    const auto number = support::parse_number(text);
    if (number.kind == support::NumberKind::finite && number.value > above &&
        number.value < below) {
        value = number.value;
        return;
    }
    problems.push_back(usage_problem(option + " " + text + ": wanted a number above " +
                                     support::format_exact(above) + " and below " +
                                     support::format_exact(below)));
}

void add_place(CLI::App& command, HistoryPlace& place, RawHistory& raw) {
    command.add_option("METRIC", raw.metrics, "Names of metrics, or globs (default: all)");
    command.add_option("--from", place.from,
                       "Where values are: store, git, file or mlflow (default: store)");
    command.add_option("--path", raw.path,
                       "The store, the metric file in git, the table or log, experiments/NAME of "
                       "MLflow (default: metricgate.db)");
    command.add_option("--store", raw.store, "The same as --from store --path STORE");
    command.add_option("--revision", place.revision,
                       "git: the commit to walk back from (default: HEAD)");
    command.add_option("--key", place.key, "Column, or fact of the metadata, that names a point");
    command.add_option("--format", place.format, "Format of the files (default: recognised)");
    command.add_option("--window", raw.window, "Only the newest N points of each metric");
    command.add_option("--width", raw.width, "Columns of text reports (default: 100)");
    command.add_option("--report", raw.reports, "FORMAT or FORMAT=FILE, repeatable")
        ->allow_extra_args(false);
    command.add_flag("--trust-repository", place.trust_repository,
                     "Open a repository owned by another user");
}

void read_place(const RawHistory& raw, HistoryPlace& place, Diagnostics& problems) {
    place.metrics = raw.metrics;
    place.path = raw.path;
    if (!raw.store.empty()) {
        if (!raw.path.empty() || !(place.from.empty() || place.from == "store")) {
            problems.push_back(
                usage_problem("give the place in one way: --store, or --from and --path"));
        }
        place.path = raw.store;
    }
    place.from = place.from.empty() ? "store" : place.from;
    std::vector<std::string> names;
    for (const history::Source& source : history::sources()) {
        names.emplace_back(source.name);
    }
    if (history::source_of(place.from) == nullptr) {
        problems.push_back(usage_problem("--from " + place.from + ": wanted " +
                                         support::enumerate(names, "or") +
                                         support::did_you_mean(place.from, names)));
    } else if (place.from != "store" && place.path.empty()) {
        problems.push_back(usage_problem("--from " + place.from + " needs --path beside it"));
    }
    if (!place.revision.empty() && place.from != "git") {
        problems.push_back(usage_problem("--revision is for --from git"));
    }
    const bool of_files = place.from == "git" || place.from == "file";
    for (const auto& [option, value] :
         {std::pair("--format", place.format), std::pair("--key", place.key)}) {
        if (!value.empty() && !of_files) {
            problems.push_back(
                usage_problem(std::string(option) + " is for --from git and --from file"));
        }
    }
    if (const auto window = read_count("--window", raw.window, 1, most_points, problems)) {
        place.window = window;
    }
}

void read_width(const RawHistory& raw, std::size_t& columns, Diagnostics& problems) {
    constexpr double least_width = 30;
    constexpr double most_width = 1000;
    if (const auto width = read_count("--width", raw.width, least_width, most_width, problems)) {
        columns = static_cast<std::size_t>(*width);
    }
}

/// Charts in the words of a policy; a type alone is a chart, too.
void read_charts(const RawHistory& raw, HistoryArguments& history, Diagnostics& problems) {
    for (const std::string& text : raw.charts) {
        const bool is_type = text.find_first_of("{}:\n") == std::string::npos;
        const auto node = support::parse_yaml(is_type ? "{type: " + text + "}" : text, "--chart");
        if (!node) {
            problems.insert(problems.end(), node.problems().begin(), node.problems().end());
            continue;
        }
        if (const auto chart = policy::read_chart(*node, "chart", problems)) {
            history.settings.charts.push_back(chart_options(*chart, problems));
        }
    }
    if (history.settings.charts.empty()) {
        return;
    }
    if (!raw.phase_one.empty()) {
        problems.push_back(
            usage_problem("--phase-one is for the default charts; say limits_from in --chart"));
    }
    history.settings.phase_one = history.settings.charts.front().points;
}

template <class Formats>
std::vector<std::string> names_of(const Formats& formats) {
    std::vector<std::string> names;
    for (const auto& format : formats) {
        names.emplace_back(format.name);
    }
    return names;
}

}  // namespace

CLI::App* add_history(CLI::App& app, HistoryArguments& history, RawHistory& raw) {
    CLI::App* command = app.add_subcommand(
        "history", "Show metrics over time: trends, control limits, changes of level");
    add_place(*command, history.place, raw);
    command->add_flag("--changes", history.changes, "List the changes of level, draw nothing");
    command->add_option("--method", raw.method,
                        "How changes are found: e_divisive or pelt (default: e_divisive)");
    command->add_option("--level", raw.level,
                        "E-divisive: p that a change must reach (default: 0.001)");
    command->add_option("--phase-one", raw.phase_one,
                        "Measurements that limits are taken from (default: 20)");
    command
        ->add_option("--chart", raw.charts,
                     "A chart as a policy sets it, repeatable: cusum, or '{type: ewma, sides: "
                     "both}' (default: individuals and cusum)")
        ->allow_extra_args(false);
    command->add_flag("--ascii", history.ascii, "Draw with ASCII characters only");
    command->add_flag("--gate", history.gate, "Exit 1 when the newest measurement rings");
    command->add_option(
        "--max-age", raw.max_age,
        "Days that may have passed since the newest measurement that --gate judges");
    command->footer(
        "Exit codes: 0 shown, 1 --gate and a metric rings, 2 could not show or --gate could not "
        "judge, 70 a bug in metricgate.");
    return command;
}

void read_history(const RawHistory& raw, HistoryArguments& history, Diagnostics& problems) {
    read_place(raw, history.place, problems);
    read_width(raw, history.columns, problems);
    read_share("--level", raw.level, 0.0, 1.0, history.settings.level, problems);
    constexpr double most_phase_one = 100'000;
    constexpr double least_phase_one = 20;
    if (const auto count =
            read_count("--phase-one", raw.phase_one, least_phase_one, most_phase_one, problems)) {
        history.settings.phase_one = static_cast<std::size_t>(*count);
    }
    read_charts(raw, history, problems);
    constexpr double most_days = 1'000'000;
    history.max_age = read_count("--max-age", raw.max_age, 0, most_days, problems);
    if (history.max_age && !history.gate) {
        problems.push_back(usage_problem("--max-age is for --gate"));
    }
    if (raw.method == "pelt") {
        history.settings.method = verdict::ChangeMethod::pelt;
    } else if (!raw.method.empty() && raw.method != "e_divisive") {
        problems.push_back(usage_problem("--method " + raw.method + ": wanted e_divisive or pelt"));
    }
    read_reports(raw.reports, names_of(report::history_formats()), history.reports, problems);
}

CLI::App* add_calibrate(CLI::App& app, CalibrateArguments& calibrate, RawHistory& raw) {
    CLI::App* command = app.add_subcommand(
        "calibrate", "Propose margins and chart limits from repeated runs and a stable history");
    add_place(*command, calibrate.place, raw);
    command->add_option("-p,--policy", calibrate.policy,
                        "Policy whose margins are looked at: how often they would ring");
    command->add_option("--confidence", raw.confidence,
                        "How often an unchanged model shall stay within its margin (default: "
                        "0.95)");
    command->footer(
        "Exit codes: 0 proposed, 1 nothing could be proposed for some metric, 2 could not look, "
        "70 a bug in metricgate.");
    return command;
}

void read_calibrate(const RawHistory& raw, CalibrateArguments& calibrate, Diagnostics& problems) {
    read_place(raw, calibrate.place, problems);
    read_width(raw, calibrate.columns, problems);
    constexpr double half = 0.5;
    read_share("--confidence", raw.confidence, half, 1.0, calibrate.confidence, problems);
    read_reports(raw.reports, names_of(report::calibration_formats()), calibrate.reports, problems);
}

}  // namespace metricgate::cli
