#include "cli/candidate_commit.h"

#include <algorithm>
#include <optional>

#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::History;
using evidence::HistoryPoint;

constexpr std::size_t most_shown = 60;
constexpr std::size_t digits_shown = 12;

using evidence::is_same_commit;

bool has_point_of(const History& history, const std::string& commit) {
    return std::ranges::any_of(history.points, [&](const HistoryPoint& point) {
        return is_same_commit(point.commit, commit);
    });
}

/// Nothing outside of a repository.
std::optional<sources::Commit> find_head(Opener& opener) {
    const auto repository = opener.repository();
    return repository ? (*repository)->head() : std::nullopt;
}

bool is_head(const std::string& commit, Opener& opener) {
    const auto head = find_head(opener);
    return head && is_same_commit(head->id, commit);
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
        is_same_commit(commit, loaded.info.candidate.commit) || is_head(commit, opener)) {
        return support::Done{};
    }
    const bool ends_all = std::ranges::all_of(histories, [&](const History& history) {
        return !measured(history) || is_same_commit(history.points.back().commit, commit);
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

std::string note_of_head(const History& history, const HistoryPoint& judged, Opener& opener) {
    const auto head = find_head(opener);
    if (!head || is_same_commit(head->id, judged.commit)) {
        return "";
    }
    const bool measured = has_point_of(history, head->id);
    const std::string name = support::visible(history.metric, most_shown);
    const std::string at = "HEAD, " + head->id.substr(0, digits_shown) + ",";
    if (judged.commit.empty()) {
        return measured ? "The history has values of " + name + " at " + at +
                              " and the newest one names no commit: it is judged apart from them."
                        : "";
    }
    if (!is_other_commit_of_repository(judged.commit, opener)) {
        return "";
    }
    return "The newest value of " + name + " is of commit " +
           support::visible(judged.commit.substr(0, digits_shown)) + ", and " + at +
           (measured ? " has only values that are recorded as older." : " has none.");
}

}  // namespace metricgate::cli
