#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/files.h"
#include "support/result.h"

namespace metricgate::sources {

class FileTree;

/// A commit that was found.
struct Commit {
    std::string id;            ///< full hexadecimal
    std::int64_t time = 0;     ///< committer time, seconds since 1970
    std::string described_as;  ///< how it was asked for: "origin/main", "first parent of HEAD"
};

/// A file of a commit.
struct CommittedFile {
    support::Bytes bytes;
    std::string blob;  ///< blob id
    Commit commit;
};

/// A folder of a commit.
struct CommittedFolder {
    std::shared_ptr<const FileTree> files;  ///< its regular files, each read when it is asked for
    std::vector<std::string> blobs;         ///< their blob ids, in the order of their names
    Commit commit;
};

/// What a folder of a commit may hold. Sizes are looked at before anything is read.
struct FolderLimits {
    std::size_t most_files = 0;  ///< and folders
    std::size_t file_bytes = 0;
    std::size_t all_bytes = 0;
};

/// A file as one commit left it.
struct FileVersion {
    Commit commit;
    std::string blob;  ///< blob id
    std::string path;  ///< what it is called there
    support::Bytes bytes;
};

/// The states that a file had, oldest first, and what a reader of them must know: a rename that was
/// followed, a shallow clone.
struct FileHistory {
    std::vector<FileVersion> versions;
    std::vector<std::string> notes;  ///< sentences
    bool gone = false;               ///< the newest commit has no such file
};

struct WalkLimits {
    std::size_t versions = 0;      ///< the newest so many
    std::size_t commits = 20'000;  ///< that are looked at
    std::size_t file_bytes = 0;
};

/// The CI's own word on what the base is; read from the environment by `cli` and handed in, so that
/// tests need none.
struct CiContext {
    std::vector<std::pair<std::string, std::string>>
        variables;  ///< name, value of the variables named in `ci_variables`
    std::string
        event_file;  ///< content of the file that GITHUB_EVENT_PATH names; empty when there is none
};

/// Names of the environment variables that `--baseline-rev auto` looks at.
std::vector<std::string> ci_variables();

/// A git repository, read through libgit2 only: no work tree is touched, no hook, filter or git
/// program runs.
class Repository {
public:
    virtual ~Repository() = default;

    virtual std::string root() const = 0;  ///< of the work tree, absolute

    /// Resolves a revision: HEAD, branches (refs/remotes/* and refs/heads/* before tags; two
    /// different answers are a problem), tags, 7-40 hex digits, refs/..., each with any of ~N ^N.
    /// Everything else is refused. Shallow cuts name the fix (fetch-depth: 2).
    virtual support::Result<Commit> resolve(const std::string& revision) = 0;

    /// First parent of a pull request's merge commit at HEAD, else the CI's base revision, else the
    /// merge base with the default branch; on the default branch itself HEAD's first parent. What
    /// the CI states of a merge queue, merge request or push to the default branch comes first. A
    /// merge of which it cannot be told whether it is a pull request's is a problem.
    virtual support::Result<Commit> automatic_baseline(const CiContext& ci) = 0;

    virtual support::Result<Commit> merge_base(const std::string& branch) = 0;

    /// The file at `path` (relative to the root, `/` separated) in a commit; nothing when the
    /// commit's tree has no such path. Symlinks, submodules, directories, blobs above `limit`,
    /// corrupt objects and those a partial clone left out are problems. A Git LFS pointer is
    /// content here; the check of texts names it.
    virtual support::Result<std::optional<CommittedFile>> read(const Commit& commit,
                                                               const std::string& path,
                                                               std::size_t limit) = 0;

    /// The folder at `path`; nothing when the commit has no such path, or a file there. Refused, as
    /// on disk: folders nested deeper than 32, links that lead out of the folder, more than the
    /// limits; also submodules. Links within it are passed over.
    virtual support::Result<std::optional<CommittedFolder>> read_folder(
        const Commit& commit, const std::string& path, const FolderLimits& limits) = 0;

    /// The states of the file at `path` from `newest` back along first parents: a commit that
    /// leaves its bytes alone is none. A rename is followed. A shallow clone ends the walk with a
    /// note; damage, links and submodules on the way are problems.
    virtual support::Result<FileHistory> walk(const Commit& newest, const std::string& path,
                                              const WalkLimits& limits) = 0;

    /// True when `older` is `newer` or can be reached from it along parents.
    virtual support::Result<bool> reaches(const Commit& newer, const std::string& older) = 0;

    /// HEAD's commit, when there is one.
    virtual std::optional<Commit> head() = 0;
};

/// Opens the repository that holds `directory`, looking upward. `trust`: also one owned by another
/// user, or whose .git leads outside without being a worktree or submodule. No repository is a
/// problem, so is one with SHA-256 ids. Where git's files keep a call waiting for longer than
/// `patience`, the process ends with 2 (sources/watchdog.h); only unit tests are less patient.
support::Result<std::unique_ptr<Repository>> open_repository(
    const std::string& directory, bool trust,
    std::chrono::milliseconds patience = std::chrono::seconds(30));

/// The git blob id (SHA-1) that `bytes` would have.
std::string blob_id(std::string_view bytes);

}  // namespace metricgate::sources
