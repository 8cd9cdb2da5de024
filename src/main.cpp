#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "cli/run.h"
#include "support/files.h"

extern char** environ;

namespace {

/// The only look at a clock: waivers end on a day.
metricgate::policy::Date today() {
    const std::chrono::year_month_day day{
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

}  // namespace

int main(int argc, char** argv) {
    // A reader that went away (`| head -1`) must be a failed write and exit 2, not a death by
    // signal.
    std::signal(SIGPIPE, SIG_IGN);
    std::map<std::string, std::string> environment;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        const auto equals = text.find('=');
        environment[text.substr(0, equals)] =
            equals == std::string::npos ? "" : text.substr(equals + 1);
    }
    const auto files = metricgate::support::disk();
    const auto folders = metricgate::cli::disk_folders();
    return metricgate::cli::run(
        std::vector<std::string>(argv + 1, argv + argc),
        {std::cout, std::cerr, isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1},
        {*files, std::move(environment), today(), folders.get()});
}
