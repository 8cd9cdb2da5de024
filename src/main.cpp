#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "cli/run.h"
#include "support/doomed_files.h"
#include "support/files.h"

extern char** environ;

namespace {

/// The only look at a clock: waivers end on a day, and recorded values have a time.
std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

metricgate::policy::Date day_of(std::chrono::sys_seconds time) {
    const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

/// What no handler catches - before main, in main itself, in a function that must not throw - ends
/// as a bug does, with exit 70, and not by a signal. Nothing here may need memory: most likely
/// there is none.
[[noreturn]] void end_as_a_bug() noexcept {
    constexpr std::string_view text =
        "metricgate: out of memory, or an internal error that nothing handled\n"
        "metricgate: could_not_judge (exit 70)\n";
    metricgate::support::remove_doomed_files();
    // A closed stderr changes nothing about the exit code.
    static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
    ::_exit(70);
}

/// Before the initialisers of the program's own constants, which need memory, too.
[[gnu::constructor(101)]] void begin() noexcept {
    std::set_terminate(&end_as_a_bug);
}

/// Whether products and sums are fused, which moves the last digits of every result: the project is
/// built with -ffp-contract=off, and a build without it, or with -ffast-math, is another program.
/// Rounded apart, (1 + 2^-30)^2 is 1 + 2^-29.
bool fuses_sums() noexcept {
    const volatile double factor = 1.0 + 0x1p-30;
    const volatile double square = 1.0 + 0x1p-29;
    const double one = factor;
    return one * one - square != 0.0;
}

}  // namespace

int main(int argc, char** argv) {
    if (fuses_sums()) {
        std::cerr << "metricgate: this build fuses products and sums, so that its numbers are not "
                     "those of others; build it with -ffp-contract=off and without -ffast-math\n"
                     "metricgate: could_not_judge (exit 70)\n";
        return 70;
    }
    // A reader that went away (`| head -1`) must be a failed write and exit 2, not a death by
    // signal.
    std::signal(SIGPIPE, SIG_IGN);
    // So must a file that may not grow (`ulimit -f`).
    std::signal(SIGXFSZ, SIG_IGN);
    std::map<std::string, std::string> environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        environment[text.substr(0, equals)] =
            equals == std::string::npos ? "" : text.substr(equals + 1);
    }
    const auto files = metricgate::support::disk();
    const auto folders = metricgate::cli::disk_folders();
    const std::chrono::sys_seconds time = now();
    const int code = metricgate::cli::run(
        std::vector<std::string>(argv + 1, argv + argc),
        {std::cout, std::cerr, isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1},
        {*files, std::move(environment), day_of(time), folders.get(), true,
         time.time_since_epoch().count()});
#ifdef NDEBUG
    // All is written and flushed. What libraries do at the end of a process wants memory, and some
    // die by a signal where there is none (Arrow's allocator), after the answer was given.
    ::_exit(code);
#else
    return code;
#endif
}
