#include "cli/policy_source.h"

#include <filesystem>

#include "cli/policy_digest.h"
#include "policy/changes.h"
#include "policy/waiver_changes.h"
#include "sources/repository.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostic;

constexpr const char* policy_name = ".metricgate.yaml";

std::string folder_of(const std::string& path) {
    return std::filesystem::path(path).parent_path().string();
}

/// Where a policy may stand, the nearest first: .metricgate.yaml in the current folder and in those
/// above it up to the repository's root, as paths relative to the current folder.
std::vector<std::string> policy_places(Opener& opener) {
    const std::string here = opener.files().working_directory();
    const std::string root = opener.root_of(here);
    std::filesystem::path folder = here;
    std::string up;
    std::vector<std::string> places;
    while (true) {
        places.push_back(up + policy_name);
        if (folder.string() == root || !folder.has_parent_path() ||
            folder.parent_path() == folder) {
            return places;
        }
        folder = folder.parent_path();
        up += "../";
    }
}

/// The nearest policy of the work tree; "" if none.
std::string find_in_work_tree(Opener& opener) {
    for (const std::string& place : policy_places(opener)) {
        if (opener.files().exists(absolute_path(opener.files().working_directory(), place))) {
            return place;
        }
    }
    return "";
}

/// The nearest policy of a commit; "" if none. The work tree has no say: a policy that the change
/// puts nearer must not take the place of the one that judges it.
support::Result<std::string> find_in_commit(const sources::Commit& commit, Opener& opener) {
    for (const std::string& place : policy_places(opener)) {
        auto committed = opener.open_committed(place, commit);
        if (!committed) {
            return committed.problems();
        }
        if (committed->has_value()) {
            return place;
        }
    }
    return std::string();
}

/// The text of a file that a policy extends. `where` names the policy that says so.
support::Result<std::string> extended_text(const std::string& name, const support::Location& where,
                                           const std::optional<sources::Commit>& commit,
                                           Opener& opener) {
    const std::string source = policy::resolve_extends(name, *where.file);
    if (source.empty()) {
        return Diagnostic{where, "'" + support::visible(name) + "' leaves the repository"};
    }
    if (commit) {
        // "REVISION:PATH": only the path is looked up, in the commit that the policy came from.
        auto committed = opener.open_inside(source.substr(source.rfind(':') + 1), *commit);
        if (!committed) {
            return committed.problems();
        }
        if (!committed->has_value()) {
            return Diagnostic{where, "extends '" + support::visible(name) + "', which commit " +
                                         commit->id.substr(0, 12) + " does not have"};
        }
        return std::string((*committed)->bytes.view());
    }
    const std::string root =
        opener.root_of(absolute_path(opener.files().working_directory(), folder_of(source)));
    opener.spare(source);
    auto bytes = opener.files().read(source, policy_limit, support::PathTrust::policy, root);
    if (!bytes) {
        support::Diagnostics problems = bytes.problems();
        problems.insert(problems.begin(),
                        Diagnostic{where, "cannot extend '" + support::visible(name) + "'"});
        return problems;
    }
    return std::string(bytes->view());
}

policy::PolicyText text_of(std::string_view bytes, const std::string& source,
                           const std::optional<sources::Commit>& commit, Opener& opener) {
    return {bytes, source,
            [commit, &opener](const std::string& name, const support::Location& where) {
                return extended_text(name, where, commit, opener);
            }};
}

/// Fills what the report says when the policy that judged, or a file that it extends, is not the
/// work tree's.
void compare_with_work_tree(LoadedPolicy& loaded, const std::string& judged,
                            const std::optional<sources::Commit>& commit, const Origin& work_tree,
                            Opener& opener) {
    const auto changes = policy::merged_changes(
        text_of(judged, loaded.info.source, commit, opener),
        text_of(work_tree.bytes.view(), work_tree.name, std::nullopt, opener));
    loaded.info.changed = judged != work_tree.bytes.view() || !changes || !changes->empty();
    if (changes) {
        loaded.info.changes = *changes;
        return;
    }
    const auto before = support::parse_yaml(judged, loaded.info.source);
    const auto after = support::parse_yaml(work_tree.bytes.view(), work_tree.name);
    if (before && after) {
        loaded.info.changes = policy::changes(*before, *after);
        loaded.info.changes.push_back(
            "the work tree's policy and what it extends cannot be put together");
    } else {
        loaded.info.changes = {"the work tree's policy does not parse"};
    }
}

}  // namespace

support::Result<policy::Policy> parse_policy(std::string_view text, const std::string& source,
                                             const std::optional<sources::Commit>& commit,
                                             Opener& opener) {
    return policy::parse(text, source, text_of(text, source, commit, opener).extends);
}

support::Result<std::optional<LoadedPolicy>> load_policy(const std::string& given,
                                                         const std::string& revision,
                                                         Opener& opener) {
    const bool from_work_tree = revision.empty() || revision == "worktree";
    std::optional<sources::Commit> commit;
    std::string path = given;
    if (!from_work_tree) {
        auto resolved = opener.resolve(revision);
        if (!resolved) {
            return resolved.problems();
        }
        commit = std::move(*resolved);
        if (path.empty()) {
            auto found = find_in_commit(*commit, opener);
            if (!found) {
                return found.problems();
            }
            path = std::move(*found);
        }
    }
    const std::string nearest = given.empty() ? find_in_work_tree(opener) : given;
    if (path.empty()) {
        path = nearest;
    }
    if (path.empty()) {
        if (from_work_tree) {
            return std::optional<LoadedPolicy>{};
        }
        return Diagnostic{
            support::in_file("command line"),
            "--policy-rev needs a policy: there is no .metricgate.yaml here or above, in the "
            "commit or in the work tree; name it with --policy PATH"};
    }
    LoadedPolicy loaded;
    loaded.directory = folder_of(path);
    // What the command line names may lie anywhere; what is found stays in the repository.
    auto work_tree =
        given.empty() ? opener.open_file(path, policy_limit, support::PathTrust::policy,
                                         opener.root_of(opener.files().working_directory()))
                      : opener.open_file(path, policy_limit, support::PathTrust::command_line, "");
    std::optional<Origin> judging;
    std::optional<sources::Commit> judging_commit;
    if (commit) {
        auto committed = opener.open_committed(path, *commit);
        if (!committed) {
            return committed.problems();
        }
        judging = std::move(*committed);
        loaded.info.revision = commit->id;
        if (judging) {
            judging_commit = commit;
        } else {
            loaded.of_the_change = true;
            loaded.warning = "The policy is new: commit " + commit->id.substr(0, 12) +
                             " has none, so the work tree's own policy judged this change.";
        }
    }
    if (!judging) {
        if (!work_tree) {
            return work_tree.problems();
        }
        judging = *work_tree;
        loaded.info.revision = "worktree";
    }
    const std::string text(judging->bytes.view());
    loaded.info.source = judging->name;
    if (!from_work_tree && loaded.warning.empty()) {
        if (work_tree) {
            compare_with_work_tree(loaded, text, judging_commit, *work_tree, opener);
        } else {
            loaded.info.changed = true;
            loaded.info.changes = {"the work tree has no readable policy"};
        }
        if (!nearest.empty() && nearest != path) {
            loaded.info.changed = true;
            loaded.info.changes.push_back("the work tree has a nearer one, " + nearest);
        }
    }
    const policy::Extends extends =
        text_of(text, loaded.info.source, judging_commit, opener).extends;
    std::vector<std::string> read;
    auto policy = policy::parse(text, loaded.info.source,
                                [&](const std::string& name, const support::Location& where) {
                                    auto extended = extends(name, where);
                                    if (extended) {
                                        read.push_back(*extended);
                                    }
                                    return extended;
                                });
    if (!policy) {
        return policy.problems();
    }
    loaded.policy = std::move(*policy);
    loaded.commit = judging_commit;
    loaded.info.digest = policy_digest(text, read, loaded.policy.extends);
    if (judging_commit && work_tree) {
        const auto changed =
            parse_policy(work_tree->bytes.view(), work_tree->name, std::nullopt, opener);
        if (changed) {
            loaded.loosened_waivers = policy::loosened_waivers(loaded.policy, *changed);
        }
    }
    return std::optional<LoadedPolicy>(std::move(loaded));
}

}  // namespace metricgate::cli
