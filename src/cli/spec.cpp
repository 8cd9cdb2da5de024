#include <algorithm>
#include <cctype>

#include "cli/arguments.h"

namespace metricgate::cli {
namespace {

bool is_input_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-';
    });
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
    for (const char* tracker : {"mlflow:", "prometheus:", "http:", "https:", "s3:"}) {
        if (rest.rfind(tracker, 0) == 0) {
            return usage_problem("'" + text +
                                 "': this version reads files and git revisions; export the "
                                 "metrics to a file first");
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
