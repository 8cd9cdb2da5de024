#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "sources/document.h"
#include "sources/recording.h"
#include "sources/repository.h"
#include "support/files.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// A file that was read, and what the report says of where it came from.
struct Origin {
    support::Bytes bytes;
    std::string name;  ///< for messages: a path, or revision:path
    verdict::SourceInfo info;
    support::FileIdentity identity;
    std::vector<support::FileIdentity> parts;  ///< of a folder or a tracker's store: its files
    bool standard_input = false;  ///< `-`, which is read once however often it is named
    std::string commit;           ///< of a committed file or folder
    std::string repository_path;  ///< of a committed file or folder
    /// Of a committed folder: the blob ids of its files, in the order of their names.
    std::vector<std::string> blobs;
    /// The content as formats look at it: a folder at once, a file when it was unpacked.
    std::optional<sources::Document> document;
    /// What a tracker answered; there are no bytes then.
    std::shared_ptr<const sources::Recording> recording;
};

/// What is looked for at a path of a commit: a file of at most `policy_limit` bytes, or a file or
/// folder of at most `evidence_limit`.
enum class Wanted { policy, evidence };

/// Opens files of the disk and of the repository for one run. The repository is opened only when
/// something needs it.
class Opener {
public:
    Opener(support::FileSystem& files, sources::CiContext ci, bool trust_repository,
           std::map<std::string, std::string> environment = {},
           std::optional<std::int64_t> now = std::nullopt)
        : m_files(files),
          m_ci(std::move(ci)),
          m_trust(trust_repository),
          m_environment(std::move(environment)),
          m_now(now) {}

    /// Reads a file of the work tree, or lists a folder. `trust`: who chose the path; `root`: what
    /// a policy's paths must stay in.
    support::Result<Origin> open(const std::string& path, support::PathTrust trust,
                                 const std::string& root);
    /// The same of a file that is no folder, of at most `limit` bytes.
    support::Result<Origin> open_file(const std::string& path, std::size_t limit,
                                      support::PathTrust trust, const std::string& root);

    /// Reads a file, lists a folder or asks a tracker, as a SPEC says.
    support::Result<Origin> open(const Spec& spec);

    /// Reads a path of the work tree at `commit`; nothing when the commit has no such path. A
    /// folder is a problem where a policy is wanted.
    support::Result<std::optional<Origin>> open_committed(const std::string& path,
                                                          const sources::Commit& commit,
                                                          Wanted wanted = Wanted::policy);

    /// The same for a path that is relative to the repository's root already.
    support::Result<std::optional<Origin>> open_inside(const std::string& path,
                                                       const sources::Commit& commit,
                                                       Wanted wanted = Wanted::policy);

    /// A path of the work tree as the repository's commits call it.
    support::Result<std::string> inside(const std::string& path);

    /// False for a path that no commit of the repository can hold.
    bool is_inside(const std::string& path);

    /// The repository around the working directory, opened when it is asked for first.
    support::Result<sources::Repository*> repository();

    /// The value of an environment variable, for trackers and stores.
    [[nodiscard]] std::optional<std::string> variable(std::string_view name) const;

    /// The time of the run, which no point of a history may be ahead of; none: there is no clock.
    [[nodiscard]] const std::optional<std::int64_t>& now() const { return m_now; }

    /// Keeps a file that the user named from being written over or removed, before and whether or
    /// not it is opened.
    void spare(const std::string& path) { keep(path); }

    /// The commit that the baseline is read from: a revision, "auto", or the merge base with a
    /// branch.
    support::Result<sources::Commit> baseline_commit(const CheckArguments& arguments);
    /// A revision, or "auto": the base of this change.
    support::Result<sources::Commit> resolve(const std::string& revision);

    /// HEAD's commit; nothing while no repository was opened here. Does not fail.
    std::optional<sources::Commit> head();

    /// True for every file of the disk that was read through here, by its path or by a tracker, and
    /// for those that belong to one, such as the log of a database, even where they do not exist:
    /// nothing may be written there.
    [[nodiscard]] bool has_read(const std::string& path);

    [[nodiscard]] support::FileSystem& files() { return m_files; }

    /// The nearest folder at or above `directory` that holds `.git`, else `directory` itself.
    std::string root_of(const std::string& directory);

private:
    support::Result<Origin> open_folder(const std::string& path, support::PathTrust trust,
                                        const std::string& root);
    support::Result<Origin> fetch(const std::string& address);
    /// Keeps a file from being written over; what it is on the disk.
    support::FileIdentity keep(const std::string& path);

    support::FileSystem& m_files;
    sources::CiContext m_ci;
    bool m_trust;
    std::map<std::string, std::string> m_environment;  ///< for trackers
    std::optional<std::int64_t> m_now;
    std::vector<support::FileIdentity> m_opened;
    /// Files that belong to opened ones and do not exist: their folder and their name there.
    std::vector<std::pair<support::FileIdentity, std::string>> m_absent;
    std::unique_ptr<sources::Repository> m_repository;
    std::optional<support::Bytes> m_standard_input;  ///< read once, used as often as needed
};

/// Largest evidence file that is read, packed or unpacked.
inline constexpr std::size_t evidence_limit = std::size_t{4} << 30;
inline constexpr std::size_t policy_limit = std::size_t{1} << 20;

/// Unpacks what was read and looks at it as text, so that formats can be told apart.
support::Result<support::Done> unpack(Origin& origin);

/// True when two origins are one source: the same file or folder of the disk or of one commit, or a
/// folder and a file in it, standard input, the same run of a tracker. Of a tracker and a file that
/// is only told when both runs are known.
bool same_source(const Origin& a, const Origin& b);

/// True when some file of the disk was read for both.
bool shares_a_file(const Origin& a, const Origin& b);

/// `path` made absolute against `directory`, without `.` and `..`.
std::string absolute_path(const std::string& directory, const std::string& path);

}  // namespace metricgate::cli
