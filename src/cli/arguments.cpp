#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "cli/evidence_options.h"
#include "report/catalog.h"
#include "report/explain_formats.h"
#include "report/power.h"
#include "report/selftest_formats.h"
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
                     "Undecided, uncompared, new and vanished metrics block too");
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

void read_examples(const std::string& text, std::size_t& examples, Diagnostics& problems) {
    if (text.empty()) {
        return;
    }
    constexpr double most = 1e9;
    const auto number = support::parse_number(text);
    const bool whole = number.kind == support::NumberKind::finite && number.value >= 0.0 &&
                       number.value <= most && number.value == std::floor(number.value);
    if (!whole) {
        problems.push_back(
            usage_problem("--examples " + text + ": wanted a whole number from 0 to 1e9"));
        return;
    }
    examples = static_cast<std::size_t>(number.value);
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
    validate->add_option("POLICY,-p,--policy", result.validate.policy,
                         "Policy file (default: .metricgate.yaml here or above)");
    validate->add_option("--policy-rev", result.validate.policy_revision,
                         "Revision to read the policy from");
    validate->add_flag("--trust-repository", result.validate.trust_repository,
                       "Open a repository owned by another user");
    CLI::App* list = app.add_subcommand("list", "Print what this version knows");
    list->add_option("WHAT", result.list.what, "metrics, methods, formats, reports or gates")
        ->required();
    list->add_flag("--long", result.list.complete, "Every column, separated by tabs");
    for (CLI::App* command : {check, power, selftest, explain, validate, list}) {
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
    if (version) {
        result.command = Command::version;
    } else if (check->parsed()) {
        result.command = Command::check;
        read_evidence(raw, names_of(report::catalog()), result.check, problems);
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
        read_examples(examples, result.explain.examples, problems);
    } else if (validate->parsed()) {
        result.command = Command::validate;
    } else if (list->parsed()) {
        result.command = Command::list;
    } else {
        return usage_problem("no command was given; see `metricgate --help`");
    }
    if (!problems.empty()) {
        return problems;
    }
    return result;
}

}  // namespace metricgate::cli
