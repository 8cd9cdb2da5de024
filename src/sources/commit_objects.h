#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sources/git_library.h"
#include "sources/repository.h"
#include "sources/watchdog.h"
#include "support/result.h"

namespace metricgate::sources::git {

enum class EntryKind { file, folder, link, submodule, unknown };

/// What a tree of a commit holds under a name.
struct TreeEntry {
    std::string name;
    std::string id;
    EntryKind kind = EntryKind::unknown;
};

/// The trees and blobs behind one path of a commit; problems name both.
class CommitObjects {
public:
    CommitObjects(std::shared_ptr<git_repository> repository, std::shared_ptr<Watchdog> watchdog,
                  Commit commit, std::string path);

    [[nodiscard]] const Commit& commit() const { return m_commit; }
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] support::Diagnostic about(std::string message) const;

    /// What stands at the path; nothing when the commit has no such path. Links and submodules on
    /// the way to it or at it are problems, and so are paths that lead outside.
    [[nodiscard]] support::Result<std::optional<TreeEntry>> find() const;
    /// What a tree holds, in git's order. `walked` names the folder in messages.
    [[nodiscard]] support::Result<std::vector<TreeEntry>> entries(const std::string& tree,
                                                                  const std::string& walked) const;
    /// The size of a blob as its header states it; nothing when it cannot be had.
    [[nodiscard]] std::optional<std::size_t> blob_size(const std::string& id) const;
    /// The bytes keep the repository alive.
    [[nodiscard]] support::Result<support::Bytes> read_blob(const std::string& id,
                                                            std::size_t limit) const;

private:
    [[nodiscard]] support::Diagnostic unreadable(const std::string& what, int code) const;
    int root_tree(Handle<git_tree>& tree) const;
    int tree_of(Handle<git_tree>& tree, const std::string& id) const;

    /// Reading takes as long as there are bytes.
    [[nodiscard]] Watchdog::Watch watch() const;

    std::shared_ptr<git_repository> m_repository;
    std::shared_ptr<Watchdog> m_watchdog;
    Commit m_commit;
    std::string m_path;
};

}  // namespace metricgate::sources::git
