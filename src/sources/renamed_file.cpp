#include "sources/renamed_file.h"

#include <git2.h>

#include <memory>

#include "sources/commits.h"
#include "sources/git_library.h"
#include "sources/late_libgit2.inc"

namespace metricgate::sources::git {

namespace {

struct FreeDiff {
    void operator()(git_diff* held) const noexcept { git_diff_free(held); }
};

/// Files that were added and removed in one commit are compared pair by pair.
constexpr std::size_t most_compared = 200;

int tree_of(Handle<git_tree>& tree, git_repository& repository, const std::string& commit) {
    git_oid id;
    git_commit* found = nullptr;
    int code = git_oid_fromstr(&id, commit.c_str());
    code = code == 0 ? git_commit_lookup(&found, &repository, &id) : code;
    const Handle<git_commit> held(found);
    git_tree* root = nullptr;
    code = code == 0 ? git_commit_tree(&root, held.get()) : code;
    tree.reset(root);
    return code;
}

}  // namespace

support::Result<std::string> name_before(git_repository& repository, const std::string& parent,
                                         const std::string& commit, const std::string& path) {
    Handle<git_tree> before;
    Handle<git_tree> after;
    int code = tree_of(before, repository, parent);
    code = code == 0 ? tree_of(after, repository, commit) : code;
    git_diff* made = nullptr;
    if (code == 0) {
        code = git_diff_tree_to_tree(&made, &repository, before.get(), after.get(), nullptr);
    }
    const std::unique_ptr<git_diff, FreeDiff> diff(made);
    git_diff_find_options options;
    if (code == 0) {
        code = git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
    }
    if (code == 0) {
        options.flags = GIT_DIFF_FIND_RENAMES;
        options.rename_limit = most_compared;
        code = git_diff_find_similar(diff.get(), &options);
    }
    if (code != 0) {
        return support::problem_in("git:" + shortened(commit) + ":" + path,
                                   "whether it was renamed cannot be told: " + reason_of(code));
    }
    for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
        const git_diff_delta* delta = git_diff_get_delta(diff.get(), i);
        if (delta->status == GIT_DELTA_RENAMED && path == delta->new_file.path) {
            return std::string(delta->old_file.path);
        }
    }
    return std::string();
}

}  // namespace metricgate::sources::git
