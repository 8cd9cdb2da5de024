#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sources/git_library.h"
#include "sources/repository.h"
#include "support/result.h"

namespace metricgate::sources::git {

/// True when history is cut off somewhere; also in a worktree of such a clone.
bool is_shallow(git_repository& repository);

/// Which depth a message asks for when a shallow clone lacks something.
enum class Depth { two, all };

/// How to get what a shallow clone lacks: "set `fetch-depth: 2` on actions/checkout ...".
std::string deepen(Depth depth);

/// The commit with this full id; `described_as` also names it in messages.
support::Result<Commit> load_commit(git_repository& repository, const std::string& id,
                                    const std::string& described_as, Depth depth = Depth::all);

/// The ids of a commit's parents as the commit itself states them, so that a shallow clone does not
/// make a merge look like a first commit.
support::Result<std::vector<std::string>> parent_ids(git_repository& repository,
                                                     const std::string& id);

/// The id of a commit's tree: equal for two commits that hold the same files.
support::Result<std::string> tree_id(git_repository& repository, const std::string& id);

/// The Nth parent of a commit, from 1.
support::Result<Commit> parent_of(git_repository& repository, const Commit& commit,
                                  std::uint32_t number, const std::string& described_as,
                                  Depth depth);

/// The best common ancestor of two commits. `branch` names the second in messages.
support::Result<Commit> merge_base_of(git_repository& repository, const Commit& head,
                                      const Commit& other, const std::string& branch);

/// True when `older`, a full id, is `newer` or one of its ancestors.
support::Result<bool> reaches(git_repository& repository, const Commit& newer,
                              const std::string& older);

/// The first characters of a commit's id, for messages.
std::string shortened(const std::string& id);

}  // namespace metricgate::sources::git
