#include "cli/mistaken_arguments.h"

#include <string_view>

#include "cli/old_output.h"
#include "cli/output.h"

namespace metricgate::cli {
namespace {

/// `-o FILE`, `-oFILE`, `--output FILE` or `--output=FILE` of `convert`.
bool names_output(const std::string& text) {
    return text == "--output" || text.starts_with("--output=") ||
           (text.starts_with("-o") && !text.starts_with("--"));
}

std::string joined_output(const std::string& text) {
    if (text.starts_with("--")) {
        const auto equals = text.find('=');
        return equals == std::string::npos ? "" : text.substr(equals + 1);
    }
    const std::string rest = text.substr(2);
    return rest.starts_with("=") ? rest.substr(1) : rest;
}

}  // namespace

support::Diagnostics remove_reports_of_mistaken(const std::vector<std::string>& arguments,
                                                const World& world) {
    constexpr std::string_view option = "--report";
    Opener opener(world.files, {}, false);
    std::vector<ReportRequest> reports;
    const auto ask = [&reports](const std::string& text) {
        if (const auto equals = text.find('='); equals != std::string::npos) {
            reports.push_back({text.substr(0, equals), text.substr(equals + 1)});
        }
    };
    const auto spare = [&opener](const std::string& text) {
        opener.spare(text);
        // --baseline=FILE and INPUT=FILE, also both.
        for (auto at = text.find('='); at != std::string::npos; at = text.find('=', at + 1)) {
            opener.spare(text.substr(at + 1));
        }
    };
    const bool converts = !arguments.empty() && arguments.front() == "convert";
    std::vector<std::string> outputs;
    bool options = true;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& text = arguments[i];
        options = options && text != "--";
        if (options && text == option && i + 1 < arguments.size()) {
            ask(arguments[++i]);
        } else if (options && text.starts_with(option) && text.substr(option.size(), 1) == "=") {
            ask(text.substr(option.size() + 1));
        } else if (options && converts && names_output(text)) {
            if (const std::string joined = joined_output(text); !joined.empty()) {
                outputs.push_back(joined);
            } else if (i + 1 < arguments.size()) {
                outputs.push_back(arguments[++i]);
            }
        } else {
            spare(text);
        }
    }
    support::Diagnostics problems = remove_reports(reports, opener);
    for (const std::string& path : outputs) {
        const support::Diagnostics left = remove_old_output(path, opener);
        problems.insert(problems.end(), left.begin(), left.end());
    }
    return problems;
}

}  // namespace metricgate::cli
