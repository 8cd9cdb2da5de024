#include "cli/run.h"

#include <exception>
#include <initializer_list>
#include <new>
#include <ostream>
#include <string_view>

#include "cli/arguments.h"
#include "cli/calibrate_command.h"
#include "cli/check_command.h"
#include "cli/convert_command.h"
#include "cli/doctor.h"
#include "cli/explain_command.h"
#include "cli/history_command.h"
#include "cli/init_command.h"
#include "cli/list_command.h"
#include "cli/log_command.h"
#include "cli/mistaken_arguments.h"
#include "cli/output.h"
#include "cli/power_command.h"
#include "cli/selftest_command.h"
#include "cli/validate_command.h"
#include "cli/version.h"
#include "cli/waivers_command.h"
#include "sources/late_library.h"
#include "support/doomed_files.h"

namespace metricgate::cli {
namespace {

/// Exit code of a mistake in the program itself.
constexpr int bug = 70;

/// On a terminal, unless the user or the terminal would rather not (https://no-color.org).
bool wants_color(Color color, const Streams& streams, const World& world) {
    switch (color) {
        case Color::always:
            return true;
        case Color::never:
            return false;
        case Color::automatic: {
            const auto no_color = world.environment.find("NO_COLOR");
            const auto terminal = world.environment.find("TERM");
            const bool refused =
                (no_color != world.environment.end() && !no_color->second.empty()) ||
                (terminal != world.environment.end() && terminal->second == "dumb");
            return streams.out_is_terminal && !refused;
        }
    }
    return false;
}

/// Says why a command whose output is all it does ends with 2, where it did not.
int printed(const Streams& streams, int code) {
    if (code == 2 && !streams.out.good()) {
        print(streams.error,
              "standard output: could not be written (closed, or the disk is full)\n" +
                  closing_line("could_not_judge", 2));
    }
    return code;
}

int dispatch(const std::vector<std::string>& arguments, Streams streams, const World& world) {
    auto parsed = parse_arguments(arguments);
    if (!parsed) {
        print(streams.error, describe_all(parsed.problems()) +
                                 describe_all(remove_reports_of_mistaken(arguments, world)));
        print(streams.error, closing_line("could_not_judge", 2));
        return 2;
    }
    for (auto* now : {&parsed->check.now, &parsed->explain.evidence.now, &parsed->validate.now,
                      &parsed->waivers.now, &parsed->doctor.now}) {
        *now = *now ? *now : world.today;
    }
    streams.color = wants_color(parsed->color, streams, world);
    switch (parsed->command) {
        case Command::check:
            return check_command(parsed->check, streams, world);
        case Command::power:
            return power_command(parsed->power, streams, world);
        case Command::selftest:
            return selftest_command(parsed->selftest, streams, world);
        case Command::explain:
            return explain_command(parsed->explain, streams, world);
        case Command::validate:
            return printed(streams, validate_command(parsed->validate, streams, world));
        case Command::waivers:
            return printed(streams, waivers_command(parsed->waivers, streams, world));
        case Command::init:
            return init_command(parsed->init, streams, world);
        case Command::doctor:
            return doctor_command(parsed->doctor, streams, world);
        case Command::convert:
            return convert_command(parsed->convert, streams, world);
        case Command::log:
            return log_command(parsed->log, streams, world);
        case Command::history:
            return history_command(parsed->history, streams, world);
        case Command::calibrate:
            return calibrate_command(parsed->calibrate, streams, world);
        case Command::list:
            return printed(streams, list_command(parsed->list, streams));
        case Command::help:
            return printed(streams, print(streams.out, parsed->help) ? 0 : 2);
        case Command::version:
            return printed(streams,
                           print(streams.out,
                                 version_text() + "\n" + (parsed->verbose ? libraries_text() : ""))
                               ? 0
                               : 2);
    }
    return bug;
}

/// Ends a run that cannot go on: never with 0, and said.
int give_up(const Streams& streams, int code, std::initializer_list<std::string_view> what) {
    // An earlier run's report would speak for this one.
    support::remove_doomed_files();
    try {
        // In pieces: there may be no memory left to join them.
        print(streams.error, "metricgate: ");
        for (const std::string_view part : what) {
            print(streams.error, part);
        }
        print(streams.error, code == bug ? "\nmetricgate: could_not_judge (exit 70)\n"
                                         : "\nmetricgate: could_not_judge (exit 2)\n");
    } catch (...) {
        // Nothing more can be said; the exit code still tells.
        return code;
    }
    return code;
}

}  // namespace

int run(const std::vector<std::string>& arguments, Streams streams, World world) {
    try {
        return dispatch(arguments, streams, world);
    } catch (const std::bad_alloc&) {
        return give_up(streams, bug, {"out of memory"});
    } catch (const sources::MissingLibrary& missing) {
        return give_up(streams, 2, {missing.what()});
    } catch (const std::exception& error) {
        return give_up(streams, bug, {"internal error: ", error.what(), "; please report it"});
    } catch (...) {
        return give_up(streams, bug, {"internal error: unknown exception; please report it"});
    }
}

}  // namespace metricgate::cli
