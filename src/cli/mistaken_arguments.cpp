#include "cli/mistaken_arguments.h"

#include <string_view>

#include "cli/output.h"

namespace metricgate::cli {

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
    bool options = true;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& text = arguments[i];
        options = options && text != "--";
        if (options && text == option && i + 1 < arguments.size()) {
            ask(arguments[++i]);
        } else if (options && text.starts_with(option) && text.substr(option.size(), 1) == "=") {
            ask(text.substr(option.size() + 1));
        } else {
            spare(text);
        }
    }
    return remove_reports(reports, opener);
}

}  // namespace metricgate::cli
