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

/// HEAD's own commit, or of a merge commit the change that it takes in: a pull request is checked
/// out as one, and measured under its own commit.
bool is_of_head(const std::string& commit, const sources::Commit& head, Opener& opener) {
    if (is_same_commit(head.id, commit)) {
        return true;
    }
    const auto repository = opener.repository();
    const auto merged =
        repository ? (*repository)->resolve("HEAD^2") : support::Result<sources::Commit>(head);
    return merged && is_same_commit(merged->id, commit);
}

bool is_other_commit_of_repository(const std::string& commit, Opener& opener) {
    const auto repository = opener.repository();
    return repository && (*repository)->resolve(commit);
}

/// One is there, whether or not it can be opened.
bool has_repository(Opener& opener) {
    const std::string root = opener.root_of(opener.files().working_directory());
    return opener.files().identify(root + "/.git").known;
}

}  // namespace

support::Result<support::Done> may_be_attempt_at(const std::string& commit,
                                                 const LoadedInput& loaded, Opener& opener) {
    const auto& histories = loaded.histories->histories;
    const auto measured = [&](const History& history) { return has_point_of(history, commit); };
    if (commit.empty() || std::ranges::none_of(histories, measured) ||
        is_same_commit(commit, loaded.info.candidate.commit)) {
        return support::Done{};
    }
    const auto head = find_head(opener);
    const bool ends_all = std::ranges::all_of(histories, [&](const History& history) {
        return !measured(history) || is_same_commit(history.points.back().commit, commit);
    });
    if (head ? is_of_head(commit, *head, opener) : ends_all && !has_repository(opener)) {
        return support::Done{};
    }
    return support::problem_in(
        loaded.candidate->source,
        "says that it was measured on commit " + support::visible(commit, most_shown) +
            ", which has values in the history and is not HEAD" +
            (head ? "" : " as far as is known, because the repository cannot be read") +
            ": it would be judged as the mean of both; name the commit that it was measured on");
}

std::string note_of_head(const History& history, const HistoryPoint& judged, bool wants_head,
                         Opener& opener) {
    const auto head = find_head(opener);
    if (!head || is_of_head(judged.commit, *head, opener)) {
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
    if (!measured && (!wants_head || !is_other_commit_of_repository(judged.commit, opener))) {
        return "";
    }
    return "The newest value of " + name + " is of commit " +
           support::visible(judged.commit.substr(0, digits_shown)) + ", and " + at +
           (measured ? " has only values that are recorded as older." : " has none.");
}

}  // namespace metricgate::cli
