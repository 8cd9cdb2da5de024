#include <array>
#include <string_view>

#include "policy/names_and_paths.h"
#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

constexpr std::array<Choice<std::string_view>, 4> sources = {
    {{"git", "git"}, {"store", "store"}, {"mlflow", "mlflow"}, {"file", "file"}}};

}  // namespace

HistorySource read_history_source(const SettingsReader& settings, support::Diagnostics& problems) {
    HistorySource source;
    settings.require("from",
                     "say where the values over time come from: git, store, mlflow or file");
    if (const support::Node* from = settings.find("from")) {
        std::string_view word;
        settings.choose<std::string_view>("from", sources, word);
        source.from = {std::string(word), from->where};
    }
    source.key = settings.word("key");
    source.window = settings.count("window");
    source.max_age = settings.count("max_age");
    if (source.window && source.window->value < 2) {
        problems.push_back({source.window->where,
                            settings.name_of("window") +
                                ": found less than 2, wanted how many of the newest points are "
                                "read; leave it out to read all"});
    }
    source.candidate = settings.text("candidate");
    if (source.candidate) {
        const std::string problem = path_problem(source.candidate->value);
        if (!problem.empty()) {
            problems.push_back(
                {source.candidate->where, settings.name_of("candidate") + ": found '" +
                                              support::visible(source.candidate->value, 60) +
                                              "', " + problem});
        }
    }
    return source;
}

}  // namespace metricgate::policy
