#include "cli/anchor_commits.h"

#include <string>
#include <utility>
#include <vector>

namespace metricgate::cli {
namespace {

using evidence::History;
using evidence::HistoryPoint;
using support::Done;

/// The last commit of the longest history that `anchor` reaches; its own where it reaches none.
support::Result<std::string> last_reached(const sources::Commit& anchor, const LoadedInput& loaded,
                                          Opener& opener) {
    std::vector<std::string> commits;
    for (const History& history : loaded.histories->histories) {
        std::vector<std::string> own;
        for (const HistoryPoint& point : history.points) {
            own.push_back(point.commit);
        }
        if (own.size() > commits.size()) {
            commits = std::move(own);
        }
    }
    auto repository = opener.repository();
    if (!repository) {
        return repository.problems();
    }
    // Along first parents what an anchor reaches comes before what it does not.
    std::size_t reached = 0;
    std::size_t beyond = commits.size();
    while (reached < beyond) {
        const std::size_t middle = (reached + beyond) / 2;
        const auto in_past = (*repository)->reaches(anchor, commits[middle]);
        if (!in_past) {
            return in_past.problems();
        }
        *in_past ? reached = middle + 1 : beyond = middle;
    }
    return reached == 0 ? anchor.id : commits[reached - 1];
}

}  // namespace

support::Result<Done> find_anchors(const Plan& plan, std::size_t index, LoadedInput& loaded,
                                   Opener& opener) {
    const bool of_commits = plan.inputs[index].source.history->from.value == "git";
    for (const PlannedCheck& check : plan.checks) {
        const bool looks = check.history == index && check.not_run.empty() && check.source.anchor &&
                           check.source.anchor->revision;
        if (!looks || loaded.anchors.count(check.source.anchor->revision->value) != 0) {
            continue;
        }
        const std::string& revision = check.source.anchor->revision->value;
        const auto commit = opener.resolve(revision);
        if (!commit) {
            return commit.problems();
        }
        if (!of_commits) {
            loaded.anchors.emplace(revision, commit->id);
            continue;
        }
        auto found = last_reached(*commit, loaded, opener);
        if (!found) {
            return found.problems();
        }
        loaded.anchors.emplace(revision, *found);
    }
    return Done{};
}

}  // namespace metricgate::cli
