#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "cli/evidence_options.h"
#include "cli/history_options.h"
#include "cli/log_options.h"
#include "report/catalog.h"
#include "report/explain_formats.h"
#include "report/power.h"
#include "report/selftest_formats.h"
#include "sources/selection.h"
#include "support/number.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;

/// `--policy-rev "$BASE"` with BASE unset must not mean that the option was never given.
void refuse_empty_values(const CLI::App& command, Diagnostics& problems) {
    for (const CLI::Option* option : command.get_options()) {
        const auto& values = option->results();
        if (std::find(values.begin(), values.end(), "") != values.end()) {
            problems.push_back({support::in_file("command line"),
                                option->get_name() + ": the value is empty; is a variable unset?"});
        }
    }
}

/// How `check` alone turns answers into an exit code.
void add_strictness(CLI::App& command, CheckArguments& check) {
    command.add_flag("--strict", check.strict,
                     "Undecided, uncompared, new and vanished metrics block too, and a "
                     "data_digest or a value for `when:` that only the baseline has");
    command.add_flag("--no-fail", check.no_fail, "Exit 0 instead of 1 and 3");
}

CLI::App* add_power(CLI::App& app, CheckArguments& power, RawEvidence& raw) {
    CLI::App* command = app.add_subcommand(
        "power", "Tell what the policy can see on this data: smallest losses, false alarms");
    add_evidence_options(*command, power, raw);
    add_report_option(*command, raw);
    command->footer(
        "Exit codes: 0 analysed, 1 some check cannot fail, 2 could not analyse, 70 a bug in "
        "metricgate.");
    return command;
}

CLI::App* add_selftest(CLI::App& app, CheckArguments& selftest, RawEvidence& raw) {
    CLI::App* command = app.add_subcommand(
        "selftest", "Damage a copy of the candidate for every check and require it to turn red");
    add_evidence_options(*command, selftest, raw);
    add_report_option(*command, raw);
    command->footer(
        "Exit codes: 0 every check can go red, 1 some check stays green, 2 could not test, 70 a "
        "bug "
        "in metricgate.");
    return command;
}

void add_now(CLI::App& command, std::string& now) {
    command.add_option("--now", now, "Day on which waivers are looked at (default: today, in UTC)");
}

void read_now(const std::string& text, std::optional<policy::Date>& now, Diagnostics& problems) {
    if (text.empty()) {
        return;
    }
    now = policy::parse_date(text);
    if (!now) {
        problems.push_back(usage_problem("--now " + text + ": wanted a day, like 2026-12-31"));
    }
}

void read_color(const std::string& text, Color& color, Diagnostics& problems) {
    if (text == "always") {
        color = Color::always;
    } else if (text == "never") {
        color = Color::never;
    } else if (!text.empty() && text != "auto") {
        problems.push_back(usage_problem("--color " + text + ": wanted auto, always or never"));
    }
}

/// Where a command that needs no evidence finds the policy.
template <class Command>
void add_policy_options(CLI::App& command, Command& arguments) {
    command.add_option("POLICY,-p,--policy", arguments.policy,
                       "Policy file (default: .metricgate.yaml here or above)");
    command.add_option("--policy-rev", arguments.policy_revision,
                       "Revision to read the policy from; `auto` finds the base");
    command.add_flag("--trust-repository", arguments.trust_repository,
                     "Open a repository owned by another user");
}

CLI::App* add_waivers(CLI::App& app, WaiversArguments& waivers, std::string& now,
                      std::string& expiring_in) {
    CLI::App* command =
        app.add_subcommand("waivers", "List a policy's waivers, and those that need a decision");
    add_policy_options(*command, waivers);
    add_now(*command, now);
    command->add_flag("--expired", waivers.expired, "Only those that have lapsed");
    command->add_option("--expiring-in", expiring_in,
                        "Only those that lapse within this many days");
    command->footer(
        "Exit codes: 0 nothing to decide, 1 --expired or --expiring-in found some, or one ends "
        "later than 90 days ahead, 2 could not look, 70 a bug in metricgate.");
    return command;
}

CLI::App* add_init(CLI::App& app, InitArguments& init) {
    CLI::App* command = app.add_subcommand(
        "init", "Write a policy, the CI workflow and the pre-push hook for this repository");
    command->add_option("CANDIDATE", init.candidate,
                        "The evaluation file to judge (default: the one found here)");
    command->add_option("--baseline", init.baseline,
                        "The baseline's file (default: the candidate's at the base commit)");
    command->add_option("--ci", init.ci, "github, gitlab or none (default: what is in use here)");
    command->add_flag("--force", init.force, "Replace files that are there");
    command->footer(
        "Exit codes: 0 written, 2 nothing was written, or nobody could be told what, 70 a bug in "
        "metricgate. Every check of the "
        "policy passes on the present files and can turn red.");
    return command;
}

CLI::App* add_doctor(CLI::App& app, CheckArguments& doctor, RawEvidence& raw, std::string& now) {
    CLI::App* command =
        app.add_subcommand("doctor", "Name what would make the gate toothless in this repository");
    add_evidence_options(*command, doctor, raw);
    add_now(*command, now);
    command->footer(
        "The baseline is the one of HEAD unless named. Exit codes: 0 nothing found, 1 something "
        "found, 2 could not look, 70 a bug in metricgate.");
    return command;
}

CLI::App* add_convert(CLI::App& app, ConvertArguments& convert, std::string& input) {
    CLI::App* command = app.add_subcommand(
        "convert", "Write a log or metric file of any format as metricgate's own metric file");
    command->add_option("IN", input, "File, folder, git:REV:PATH or a tracker's address")
        ->required();
    command->add_option("-o,--output", convert.output, "File to write (default: standard output)");
    command->add_option("--format", convert.format, "Format of IN (default: recognised)");
    command->add_option("--run", convert.run, "Run, where IN holds several");
    command
        ->add_option("--metric", convert.metrics,
                     "Only metrics whose name matches this glob; repeatable")
        ->allow_extra_args(false);
    command->add_option("--step", convert.step,
                        "last, best, highest, lowest, step=N or mean=K (default: every value)");
    command->add_flag("--allow-unfinished", convert.allow_unfinished,
                      "Take a run that failed or still runs, too");
    command->add_flag("--trust-repository", convert.trust_repository,
                      "Open a repository owned by another user");
    command->footer("Exit codes: 0 written, 2 nothing was written, 70 a bug in metricgate.");
    return command;
}

void read_convert(const std::string& input, ConvertArguments& convert, Diagnostics& problems) {
    auto spec = parse_spec(input);
    if (!spec) {
        problems.insert(problems.end(), spec.problems().begin(), spec.problems().end());
        return;
    }
    convert.input = std::move(*spec);
    if (!convert.input.input.empty()) {
        problems.push_back(usage_problem(
            "'" + input + "': convert reads one file; a name with '=' is written ./" + input));
    }
    if (!convert.step.empty() && !sources::parse_step_rule(convert.step)) {
        problems.push_back(usage_problem("--step " + convert.step + ": wanted " +
                                         std::string(sources::step_rules)));
    }
}

/// `explain` takes the check before the candidate.
CLI::App* add_explain(CLI::App& app, ExplainArguments& explain, RawEvidence& raw,
                      std::string& examples) {
    CLI::App* command = app.add_subcommand(
        "explain", "Print all that went into one check, and the examples that changed");
    command->add_option("CHECK", explain.check, "Id of a check, or id[column=value] for a slice")
        ->required();
    add_evidence_options(*command, explain.evidence, raw);
    add_report_option(*command, raw);
    command->add_option("--examples", examples, "List at most N examples (default: 20)");
    command->footer(
        "Exit codes: 0 explained, whatever the check answered, 2 could not explain, 70 a bug in "
        "metricgate.");
    return command;
}

/// A whole number from 0 to `most`; nothing, and a problem, for anything else.
std::optional<double> read_whole(const std::string& option, const std::string& text, double most,
                                 Diagnostics& problems) {
    if (text.empty()) {
        return std::nullopt;
    }
    const auto number = support::parse_number(text);
    const bool whole = number.kind == support::NumberKind::finite && number.value >= 0.0 &&
                       number.value <= most && number.value == std::floor(number.value);
    if (!whole) {
        problems.push_back(usage_problem(option + " " + text +
                                         ": wanted a whole number from 0 to " +
                                         support::format_exact(most)));
        return std::nullopt;
    }
    return number.value;
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

support::Result<Arguments> parse_arguments(const std::vector<std::string>& arguments) {
    Arguments result;
    RawEvidence raw;
    CLI::App app{"metricgate: a quality gate for machine-learning models", "metricgate"};
    app.set_help_flag("-h,--help", "Print this help");
    bool version = false;
    app.add_flag("--version", version, "Print the version");
    app.add_flag("--verbose", result.verbose,
                 "With --version: the versions of the libraries in the program, too");
    app.footer(
        "Exit codes: 0 pass, 1 fail, 2 could not judge, 3 undecided, 70 a bug in metricgate.\n"
        "Any nonzero code means: do not merge.");
    CLI::App* check = app.add_subcommand(
        "check", "Compare a candidate with a baseline under a policy; exit nonzero on regression");
    add_evidence_options(*check, result.check, raw);
    add_report_option(*check, raw);
    add_strictness(*check, result.check);
    RawEvidence raw_power;
    CLI::App* power = add_power(app, result.power, raw_power);
    RawEvidence raw_selftest;
    CLI::App* selftest = add_selftest(app, result.selftest, raw_selftest);
    RawEvidence raw_explain;
    std::string examples;
    CLI::App* explain = add_explain(app, result.explain, raw_explain, examples);
    CLI::App* validate = app.add_subcommand("validate", "Check a policy without data");
    add_policy_options(*validate, result.validate);
    std::string color;
    for (CLI::App* command : {check, power, selftest, explain}) {
        command->add_option("--color", color,
                            "Colour text reports: auto (on a terminal, unless NO_COLOR is set), "
                            "always or never");
    }
    std::string now;
    for (CLI::App* command : {check, explain, validate}) {
        add_now(*command, now);
    }
    std::string expiring_in;
    CLI::App* init = add_init(app, result.init);
    RawEvidence raw_doctor;
    CLI::App* doctor = add_doctor(app, result.doctor, raw_doctor, now);
    CLI::App* waivers = add_waivers(app, result.waivers, now, expiring_in);
    std::string converted;
    CLI::App* convert = add_convert(app, result.convert, converted);
    RawLog raw_log;
    CLI::App* log = add_log(app, result.log, raw_log);
    RawHistory raw_history;
    CLI::App* history = add_history(app, result.history, raw_history);
    RawHistory raw_calibrate;
    CLI::App* calibrate = add_calibrate(app, result.calibrate, raw_calibrate);
    CLI::App* list = app.add_subcommand("list", "Print what this version knows");
    list->add_option("WHAT", result.list.what,
                     "metrics, methods, charts, rules, formats, histories, reports or gates")
        ->required();
    list->add_flag("--long", result.list.complete, "Every column, separated by tabs");
    for (CLI::App* command : {check, power, selftest, explain, validate, waivers, init, doctor,
                              convert, log, history, calibrate, list}) {
        command->set_help_flag("-h,--help", "Print this help");
    }
    app.require_subcommand(0, 1);

    // CLI11 takes the arguments in reverse order.
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    try {
        app.parse(std::move(reversed));
    } catch (const CLI::CallForHelp&) {
        result.help = app.help();  // of the subcommand that was asked
        return result;
    } catch (const CLI::Error& error) {
        return usage_problem(std::string(error.what()) + "; see `metricgate --help`");
    }
    Diagnostics problems;
    for (const CLI::App* command : app.get_subcommands()) {
        refuse_empty_values(*command, problems);
    }
    read_color(color, result.color, problems);
    if (result.verbose && !version) {
        problems.push_back(usage_problem("--verbose says more of --version, which is not there"));
    }
    if (version) {
        result.command = Command::version;
    } else if (check->parsed()) {
        result.command = Command::check;
        read_evidence(raw, names_of(report::catalog()), result.check, problems);
        read_now(now, result.check.now, problems);
    } else if (power->parsed()) {
        result.command = Command::power;
        read_evidence(raw_power, names_of(report::power_catalog()), result.power, problems);
    } else if (selftest->parsed()) {
        result.command = Command::selftest;
        read_evidence(raw_selftest, names_of(report::selftest_formats()), result.selftest,
                      problems);
    } else if (explain->parsed()) {
        result.command = Command::explain;
        read_evidence(raw_explain, names_of(report::explain_formats()), result.explain.evidence,
                      problems);
        read_now(now, result.explain.evidence.now, problems);
        constexpr double most_examples = 1e9;
        if (const auto most = read_whole("--examples", examples, most_examples, problems)) {
            result.explain.examples = static_cast<std::size_t>(*most);
        }
    } else if (validate->parsed()) {
        result.command = Command::validate;
        read_now(now, result.validate.now, problems);
    } else if (waivers->parsed()) {
        result.command = Command::waivers;
        read_now(now, result.waivers.now, problems);
        constexpr double most_days = 36500.0;
        if (const auto days = read_whole("--expiring-in", expiring_in, most_days, problems)) {
            result.waivers.expiring_in = static_cast<int>(*days);
        }
    } else if (init->parsed()) {
        result.command = Command::init;
        const bool known = result.init.ci.empty() || result.init.ci == "github" ||
                           result.init.ci == "gitlab" || result.init.ci == "none";
        if (!known) {
            problems.push_back(
                usage_problem("--ci " + result.init.ci + ": wanted github, gitlab or none"));
        }
        if (!result.init.baseline.empty() && result.init.candidate.empty()) {
            problems.push_back(usage_problem("--baseline needs CANDIDATE beside it"));
        }
    } else if (doctor->parsed()) {
        result.command = Command::doctor;
        read_evidence(raw_doctor, {}, result.doctor, problems);
        read_now(now, result.doctor.now, problems);
    } else if (convert->parsed()) {
        result.command = Command::convert;
        read_convert(converted, result.convert, problems);
    } else if (log->parsed()) {
        result.command = Command::log;
        read_log(raw_log, result.log, problems);
    } else if (history->parsed()) {
        result.command = Command::history;
        read_history(raw_history, result.history, problems);
    } else if (calibrate->parsed()) {
        result.command = Command::calibrate;
        read_calibrate(raw_calibrate, result.calibrate, problems);
    } else if (list->parsed()) {
        result.command = Command::list;
    } else if (problems.empty()) {
        return usage_problem("no command was given; see `metricgate --help`");
    }
    if (!problems.empty()) {
        return problems;
    }
    return result;
}

}  // namespace metricgate::cli
