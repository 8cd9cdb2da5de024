#include <algorithm>
#include <cctype>

#include "cli/arguments.h"
#include "sources/tracker.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

bool is_input_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-';
    });
}

/// ", or name a tracker: mlflow:..., prometheus:..."
std::string known_trackers() {
    std::vector<std::string> addresses;
    for (const sources::Tracker& tracker : sources::trackers()) {
        addresses.push_back(std::string(tracker.scheme) + ":...");
    }
    return addresses.empty() ? "" : ", or name a tracker: " + support::enumerate(addresses, "or");
}

}  // namespace

support::Diagnostic usage_problem(std::string message) {
    return support::problem_in("command line", std::move(message));
}

support::Result<Spec> parse_spec(const std::string& text) {
    Spec spec;
    std::string rest = text;
    // NAME=SPEC only when the part before "=" can be an input's name, so that a=b/c.csv as a path
    // is written ./a=b/c.csv.
    const auto equals = rest.find('=');
    if (equals != std::string::npos && is_input_name(std::string_view(rest).substr(0, equals))) {
        spec.input = rest.substr(0, equals);
        rest = rest.substr(equals + 1);
    }
    if (sources::tracker_of(rest) != nullptr) {
        spec.tracker = true;
        spec.path = rest;
        return spec;
    }
    for (const char* unknown : {"http:", "https:", "s3:", "gs:"}) {
        if (rest.rfind(unknown, 0) == 0) {
            return usage_problem("'" + text +
                                 "': files are not fetched from there; download the file first" +
                                 known_trackers());
        }
    }
    if (rest.rfind("git:", 0) == 0) {
        const auto colon = rest.find(':', 4);
        if (colon == std::string::npos || colon == 4 || colon + 1 == rest.size()) {
            return usage_problem("'" + text +
                                 "': wanted git:REVISION:PATH, for example "
                                 "git:main:eval/predictions.csv");
        }
        spec.revision = rest.substr(4, colon - 4);
        spec.path = rest.substr(colon + 1);
        return spec;
    }
    if (rest.empty()) {
        return usage_problem("'" + text + "': the path is empty");
    }
    spec.path = rest;
    return spec;
}

}  // namespace metricgate::cli
