#include "sources/automatic_baseline.h"

#include <git2.h>

#include <optional>
#include <utility>
#include <vector>

#include "sources/ci_base.h"
#include "sources/commits.h"
#include "sources/late_libgit2.inc"
#include "sources/revision_lookup.h"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

support::Diagnostic about_auto(std::string message) {
    return {support::in_file("automatic baseline"), std::move(message)};
}

// The branch that changes go to: the CI's word, what the clone was made from, else the usual names.
support::Result<std::optional<Commit>> find_default_branch(git_repository& repository,
                                                           const CiBase& ci) {
    std::vector<std::string> references;
    if (!ci.default_branch.empty()) {
        references = {"refs/remotes/origin/" + ci.default_branch,
                      "refs/heads/" + ci.default_branch};
    } else {
        references = {"refs/remotes/origin/HEAD", "refs/remotes/origin/main",
                      "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"};
    }
    for (const std::string& reference : references) {
        auto commit = find_reference(repository, reference);
        if (!commit || commit->has_value()) {
            return commit;
        }
    }
    return std::optional<Commit>{};
}

support::Diagnostic no_default_branch(const CiBase& ci) {
    const bool named = !ci.default_branch.empty();
    const std::string missing =
        named ? "the default branch '" + support::visible(ci.default_branch) +
                    "' is not in this clone"
              : "no default branch was found (origin/HEAD, main or master, on origin or here)";
    return about_auto(missing + "; " + (named ? deepen(Depth::all) : "fetch it") +
                      ", or name the baseline with --baseline-rev REV or --baseline FILE");
}

// Only the CI can say that the merge commit at HEAD is a pull request's (the change merged into its
// target). Who wrote the change may have written the commit, with a first parent to his liking: an
// old commit of the target, or the change itself, which would hide everything done before.
support::Result<bool> is_pull_request_merge(git_repository& repository, const Commit& head,
                                            const CiBase& ci) {
    if (ci.merge_commit != head.id) {
        return false;
    }
    const auto parents = parent_ids(repository, head.id);
    if (!parents) {
        return parents.problems();
    }
    return parents->size() > 1;
}

support::Result<Commit> ci_commit(git_repository& repository, const CiBase& ci) {
    return load_commit(repository, ci.commit, ci.from);
}

// The CI names branches as the remote does; its checkout has them under origin, if at all.
support::Result<Commit> merge_base_with_ci_branch(git_repository& repository, const Commit& head,
                                                  const CiBase& ci) {
    for (const char* prefix : {"refs/remotes/origin/", "refs/heads/"}) {
        auto branch = find_reference(repository, prefix + ci.branch);
        if (!branch) {
            return branch.problems();
        }
        if (branch->has_value()) {
            return merge_base_of(repository, head, **branch, ci.branch + " (" + ci.from + ")");
        }
    }
    return about_auto(ci.from + " names the branch '" + support::visible(ci.branch) +
                      "', which is not in this clone; " + deepen(Depth::all));
}

// What a branch held before it took over the default branch as that is: a release. Where the two
// meet, the files are HEAD's own, and nothing would be compared. A branch with work of its own has
// other files, and what it held before is its author's choice.
support::Result<std::optional<Commit>> before_release(git_repository& repository,
                                                      const Commit& head, const Commit& meeting,
                                                      const CiBase& ci) {
    const std::optional<Commit> none;
    if (ci.before.empty() || ci.before == head.id) {
        return none;
    }
    const auto files = tree_id(repository, head.id);
    const auto taken = tree_id(repository, meeting.id);
    if (!files || !taken) {
        return (files ? taken : files).problems();
    }
    if (*files != *taken) {
        return none;
    }
    auto before = load_commit(repository, ci.before, ci.before_from);
    if (!before) {
        // A forced push, of which GitLab does not tell, may leave it behind.
        return is_shallow(repository) ? support::Result<std::optional<Commit>>(before.problems())
                                      : none;
    }
    const auto within = reaches(repository, head, ci.before);
    if (!within) {
        return within.problems();
    }
    return *within ? std::optional<Commit>(*std::move(before)) : none;
}

support::Result<Commit> from_default_branch(git_repository& repository, const Commit& head,
                                            const CiBase& ci) {
    const auto target = find_default_branch(repository, ci);
    if (!target) {
        return target.problems();
    }
    if (!target->has_value()) {
        return no_default_branch(ci);
    }
    // Of a pull request's merge commit this is its first parent, too, unless the author made it up.
    const Commit& tip = **target;
    Commit base = head;
    if (tip.id != head.id) {
        auto found = merge_base_of(repository, head, tip, tip.described_as);
        if (!found) {
            return found;
        }
        base = *std::move(found);
    }
    auto before = before_release(repository, head, base, ci);
    if (!before) {
        return before.problems();
    }
    if (before->has_value()) {
        return **std::move(before);
    }
    if (base.id != head.id) {
        return base;
    }
    // HEAD is on the default branch: what came before it.
    return parent_of(repository, head, 1, "first parent of HEAD", Depth::two);
}

}  // namespace

support::Result<Commit> find_automatic_baseline(git_repository& repository, const CiContext& ci) {
    auto head = find_head(repository);
    if (!head) {
        return head;
    }
    const auto base = ci_base(ci);
    if (!base) {
        return base.problems();
    }
    // What the CI says of the commits before a push holds for merge commits, too.
    if (!base->commit.empty()) {
        return ci_commit(repository, *base);
    }
    const auto is_merge = is_pull_request_merge(repository, *head, *base);
    if (!is_merge) {
        return is_merge.problems();
    }
    if (*is_merge) {
        return parent_of(repository, *head, 1, "first parent of HEAD", Depth::two);
    }
    if (!base->branch.empty()) {
        return merge_base_with_ci_branch(repository, *head, *base);
    }
    return from_default_branch(repository, *head, *base);
}

support::Result<Commit> find_merge_base(git_repository& repository, const std::string& branch) {
    auto head = find_head(repository);
    if (!head) {
        return head;
    }
    auto other = find_revision(repository, branch);
    if (!other) {
        return other;
    }
    return merge_base_of(repository, *head, *other, branch);
}

}  // namespace metricgate::sources::git
