#include "cli/policy_source.h"

#include <filesystem>

#include "policy/changes.h"
#include "sources/repository.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostic;

constexpr const char* policy_name = ".metricgate.yaml";

std::string folder_of(const std::string& path) {
    return std::filesystem::path(path).parent_path().string();
}

/// The nearest .metricgate.yaml at or above the current folder, as a path relative to it where
/// possible; "" if none.
std::string search_upward(Opener& opener) {
    const std::string here = opener.files().working_directory();
    const std::string root = opener.root_of(here);
    std::filesystem::path folder = here;
    std::string up;
    while (true) {
        if (opener.files().exists((folder / policy_name).string())) {
            return up + policy_name;
        }
        if (folder.string() == root || !folder.has_parent_path() ||
            folder.parent_path() == folder) {
            return "";
        }
        folder = folder.parent_path();
        up += "../";
    }
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
    auto bytes = opener.files().read(source, policy_limit, support::PathTrust::policy, root);
    if (!bytes) {
        support::Diagnostics problems = bytes.problems();
        problems.insert(problems.begin(),
                        Diagnostic{where, "cannot extend '" + support::visible(name) + "'"});
        return problems;
    }
    return std::string(bytes->view());
}

/// Fills what the report says when the text that judged is not the work tree's.
void compare_with_work_tree(LoadedPolicy& loaded, const std::string& judged,
                            const Origin& work_tree) {
    loaded.info.changed = judged != work_tree.bytes.view();
    if (!loaded.info.changed) {
        return;
    }
    const auto before = support::parse_yaml(judged, loaded.info.source);
    const auto after = support::parse_yaml(work_tree.bytes.view(), work_tree.name);
    if (before && after) {
        loaded.info.changes = policy::changes(*before, *after);
    } else {
        loaded.info.changes = {"the work tree's policy does not parse"};
    }
}

}  // namespace

support::Result<policy::Policy> parse_policy(std::string_view text, const std::string& source,
                                             const std::optional<sources::Commit>& commit,
                                             Opener& opener) {
    auto policy =
        policy::parse(text, source, [&](const std::string& name, const support::Location& where) {
            return extended_text(name, where, commit, opener);
        });
    if (policy && !policy->waivers.empty()) {
        return Diagnostic{policy->waivers.front().where,
                          "this version does not apply waivers yet; remove them"};
    }
    return policy;
}

support::Result<std::optional<LoadedPolicy>> load_policy(const std::string& given,
                                                         const std::string& revision,
                                                         Opener& opener) {
    const std::string path = given.empty() ? search_upward(opener) : given;
    const bool from_work_tree = revision.empty() || revision == "worktree";
    if (path.empty()) {
        if (from_work_tree) {
            return std::optional<LoadedPolicy>{};
        }
        return Diagnostic{
            support::in_file("command line"),
            "--policy-rev needs a policy: there is no .metricgate.yaml here or above; "
            "name it with --policy PATH"};
    }
    LoadedPolicy loaded;
    loaded.directory = folder_of(path);
    auto work_tree = opener.open(path, support::PathTrust::command_line, "");
    std::optional<Origin> judging;
    std::optional<sources::Commit> judging_commit;
    if (!from_work_tree) {
        auto commit = opener.resolve(revision);
        if (!commit) {
            return commit.problems();
        }
        auto committed = opener.open_committed(path, *commit);
        if (!committed) {
            return committed.problems();
        }
        judging = std::move(*committed);
        loaded.info.revision = commit->id;
        if (judging) {
            judging_commit = *commit;
        } else {
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
    loaded.info.digest = sources::blob_id(text);
    if (!from_work_tree && loaded.warning.empty()) {
        if (work_tree) {
            compare_with_work_tree(loaded, text, *work_tree);
        } else {
            loaded.info.changed = true;
            loaded.info.changes = {"the work tree has no readable policy"};
        }
    }
    auto policy = parse_policy(text, loaded.info.source, judging_commit, opener);
    if (!policy) {
        return policy.problems();
    }
    loaded.policy = std::move(*policy);
    return std::optional<LoadedPolicy>(std::move(loaded));
}

}  // namespace metricgate::cli
