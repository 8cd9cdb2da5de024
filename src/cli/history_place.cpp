#include "cli/history_place.h"

#include <algorithm>
#include <filesystem>

#include "cli/prepare.h"
#include "history/store.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Result;

bool is_glob(const std::string& name) {
    return name.find_first_of("*?") != std::string::npos;
}

/// A path of the work tree as the repository calls it.
Result<std::string> path_in_repository(const std::string& path, Opener& opener) {
    const auto repository = opener.repository();
    if (!repository) {
        return repository.problems();
    }
    const std::filesystem::path absolute = absolute_path(opener.files().working_directory(), path);
    const std::filesystem::path relative =
        absolute.lexically_relative(absolute_path((*repository)->root(), ""));
    if (relative.empty() || *relative.begin() == "..") {
        return support::problem_in(path,
                                   "lies outside of the repository, so that no commit has "
                                   "it; name a file of the work tree");
    }
    return relative.generic_string();
}

/// The histories whose names are asked for; what is asked for and not there.
Diagnostics choose(const HistoryPlace& place, history::Histories& all) {
    std::vector<std::string> known;
    for (const evidence::History& history : all.histories) {
        known.push_back(history.metric);
    }
    Diagnostics problems;
    for (const std::string& wanted : place.metrics) {
        const bool found = std::ranges::any_of(known, [&](const std::string& name) {
            return name == wanted || support::matches_glob(wanted, name);
        });
        if (!found) {
            problems.push_back(
                support::problem_in(all.source, "has no metric '" + support::visible(wanted) + "'" +
                                                    support::did_you_mean(wanted, known)));
        }
    }
    if (place.metrics.empty() && known.empty()) {
        problems.push_back(support::problem_in(all.source, "holds no metric over time"));
    }
    std::erase_if(all.histories, [&](const evidence::History& history) {
        return !place.metrics.empty() &&
               std::ranges::none_of(place.metrics, [&](const std::string& wanted) {
                   return history.metric == wanted || support::matches_glob(wanted, history.metric);
               });
    });
    return problems;
}

}  // namespace

Result<history::Histories> read_place(const HistoryPlace& place, Opener& opener,
                                      const World& world) {
    history::Request request;
    request.address = place.path.empty() ? std::string(history::default_store) : place.path;
    request.where = support::in_file("command line");
    request.window = place.window;
    request.revision = place.revision;
    request.key = place.key;
    request.format = place.format;
    request.files = &opener.files();
    request.repository = [&opener] { return opener.repository(); };
    request.variable = [&world](std::string_view name) -> std::optional<std::string> {
        const auto found = world.environment.find(std::string(name));
        return found == world.environment.end() ? std::nullopt : std::optional(found->second);
    };
    // Names are asked for as they are; a glob needs all that are there.
    if (std::ranges::none_of(place.metrics, is_glob)) {
        request.metrics = place.metrics;
    }
    if (place.from == "git") {
        auto path = path_in_repository(request.address, opener);
        if (!path) {
            return path.problems();
        }
        request.address = *path;
    } else if (place.from != "mlflow") {
        opener.spare(request.address);
    }
    request.now = opener.now();
    auto read = history::read_histories(place.from, request);
    if (!read) {
        return read.problems();
    }
    for (const std::string& file : read->files) {
        opener.spare(file);
    }
    if (Diagnostics problems = choose(place, *read); !problems.empty()) {
        return problems;
    }
    return std::move(*read);
}

int show(support::Diagnostics problems, const std::vector<ReportRequest>& requests,
         const Render& render, const std::function<ShownEnding()>& ending, Opener& opener,
         const Streams& streams) {
    if (Diagnostics misplaced = misplaced_reports(requests, opener);
        problems.empty() && !misplaced.empty()) {
        problems = std::move(misplaced);
    }
    Reports reports(requests, streams, opener);
    if (problems.empty()) {
        problems = write_reports(reports, render);
    }
    if (!problems.empty()) {
        // An earlier run's report would speak for this one; those of this run go with `reports`.
        print(streams.error,
              describe_all(joined(std::move(problems), remove_reports(requests, opener))) +
                  closing_line("could_not_judge", 2));
        return 2;
    }
    const ShownEnding told = ending();
    const bool said = print(
        streams.error, describe_all(told.open) + closing_line(told.ending.word, told.ending.code));
    reports.keep();
    return said || told.ending.code != 0 ? told.ending.code : 2;
}

}  // namespace metricgate::cli
