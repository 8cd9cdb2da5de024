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

// Whether `older` is `tip` or one of its ancestors; nothing when history is cut off.
std::optional<bool> is_within(git_repository& repository, const Commit& tip,
                              const std::string& older) {
    git_oid tip_id;
    git_oid older_id;
    if (git_oid_fromstr(&tip_id, tip.id.c_str()) != 0 ||
        git_oid_fromstr(&older_id, older.c_str()) != 0) {
        return std::nullopt;
    }
    if (git_oid_equal(&tip_id, &older_id) != 0) {
        return true;
    }
    const int answer = git_graph_descendant_of(&repository, &tip_id, &older_id);
    if (answer != 1 && (answer < 0 || is_shallow(repository))) {
        return std::nullopt;
    }
    return answer == 1;
}

support::Diagnostic no_default_branch(const CiBase& ci, const std::string& why = "") {
    const bool named = !ci.default_branch.empty();
    const std::string missing =
        named ? "the default branch '" + support::visible(ci.default_branch) +
                    "' is not in this clone"
              : "no default branch was found (origin/HEAD, main or master, on origin or here)";
    return about_auto(missing + why + "; " + (named ? deepen(Depth::all) : "fetch it") +
                      ", or name the baseline with --baseline-rev REV or --baseline FILE");
}

// A merge commit at HEAD is a pull request's (the change merged into its target) when the CI says
// so, or its first parent is the target's. Else the first parent is the change itself - the target,
// or another branch, was merged into it - and comparing with that would hide everything done
// before. Who wrote the change wrote its merge commits, too, so what cannot be told is a problem.
support::Result<bool> is_pull_request_merge(git_repository& repository, const Commit& head,
                                            const std::vector<std::string>& parents,
                                            const CiBase& ci) {
    if (parents.size() < 2) {
        return false;
    }
    if (ci.merge_commit) {
        return *ci.merge_commit == head.id;
    }
    const auto target = find_default_branch(repository, ci);
    if (!target) {
        return target.problems();
    }
    const char* const unclear =
        "so it cannot be told whether the merge commit at HEAD merges a change into it or "
        "something else into the change";
    if (!target->has_value()) {
        return no_default_branch(ci, std::string(", ") + unclear);
    }
    const auto within = is_within(repository, **target, parents[0]);
    if (!within) {
        return about_auto("this clone does not reach from " + (**target).described_as +
                          " to the first parent of HEAD, " + unclear + "; " + deepen(Depth::all));
    }
    return *within;
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

support::Result<Commit> from_default_branch(git_repository& repository, const Commit& head,
                                            const CiBase& ci) {
    const auto target = find_default_branch(repository, ci);
    if (!target) {
        return target.problems();
    }
    if (!target->has_value()) {
        return no_default_branch(ci);
    }
    const Commit& tip = **target;
    if (tip.id != head.id) {
        auto base = merge_base_of(repository, head, tip, tip.described_as);
        if (!base || base->id != head.id) {
            return base;
        }
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
    const auto parents = parent_ids(repository, head->id);
    if (!parents) {
        return parents.problems();
    }
    const auto is_merge = is_pull_request_merge(repository, *head, *parents, *base);
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
