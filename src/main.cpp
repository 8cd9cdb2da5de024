#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "cli/run.h"
#include "support/files.h"

extern char** environ;

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
    return metricgate::cli::run(
        std::vector<std::string>(argv + 1, argv + argc),
        {std::cout, std::cerr, isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1},
        {*files, std::move(environment)});
}
