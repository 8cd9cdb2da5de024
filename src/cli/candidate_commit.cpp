#include "cli/candidate_commit.h"

#include <algorithm>

#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::History;
using evidence::HistoryPoint;

constexpr std::size_t most_shown = 60;

bool has_point_of(const History& history, const std::string& commit) {
    return std::ranges::find(history.points, commit, &HistoryPoint::commit) != history.points.end();
}

bool is_head(const std::string& commit, Opener& opener) {
    const auto repository = opener.repository();
    const auto head = repository ? (*repository)->head() : std::nullopt;
    return head && head->id == commit;
}

bool is_other_commit_of_repository(const std::string& commit, Opener& opener) {
    const auto repository = opener.repository();
    return repository && (*repository)->resolve(commit);
}

}  // namespace

support::Result<support::Done> may_be_attempt_at(const std::string& commit,
                                                 const LoadedInput& loaded, Opener& opener) {
    const auto& histories = loaded.histories->histories;
    const auto measured = [&](const History& history) { return has_point_of(history, commit); };
    if (commit.empty() || std::ranges::none_of(histories, measured) ||
        commit == loaded.info.candidate.commit || is_head(commit, opener)) {
        return support::Done{};
    }
    const bool ends_all = std::ranges::all_of(histories, [&](const History& history) {
        return !measured(history) || history.points.back().commit == commit;
    });
    if (ends_all && !is_other_commit_of_repository(commit, opener)) {
        return support::Done{};
    }
    return support::problem_in(
        loaded.candidate->source,
        "says that it was measured on commit " + support::visible(commit, most_shown) +
            ", which has values in the history and is not HEAD, and it would be judged as the mean "
            "of both; name the commit that it was measured on, or leave it out");
}

}  // namespace metricgate::cli
