#include "sources/repository.h"

#include <git2.h>

#include <utility>

#include "sources/automatic_baseline.h"
#include "sources/commit_objects.h"
#include "sources/commits.h"
#include "sources/committed_file.h"
#include "sources/committed_folder.h"
#include "sources/file_history.h"
#include "sources/git_library.h"
#include "sources/late_libgit2.inc"
#include "sources/late_library.h"
#include "sources/open_git.h"
#include "sources/revision_lookup.h"
#include "sources/watchdog.h"

namespace metricgate::sources {

namespace {

class GitRepository : public Repository {
public:
    GitRepository(git::Opened opened, std::shared_ptr<git::Watchdog> watchdog)
        : m_opened(std::move(opened)), m_watchdog(std::move(watchdog)) {}

    [[nodiscard]] std::string root() const override { return m_opened.root; }

    support::Result<Commit> resolve(const std::string& revision) override {
        // HEAD~99999 takes as long as there are commits to read.
        const auto watch =
            m_watchdog->over("looking up " + revision, git::Watchdog::Counts::waiting);
        return git::find_revision(*m_opened.repository, revision);
    }

    support::Result<Commit> automatic_baseline(const CiContext& ci) override {
        const auto watch =
            m_watchdog->over("looking for the automatic baseline", git::Watchdog::Counts::waiting);
        return git::find_automatic_baseline(*m_opened.repository, ci);
    }

    support::Result<Commit> merge_base(const std::string& branch) override {
        const auto watch = m_watchdog->over("looking for the merge base with " + branch,
                                            git::Watchdog::Counts::waiting);
        return git::find_merge_base(*m_opened.repository, branch);
    }

    support::Result<std::optional<CommittedFile>> read(const Commit& commit,
                                                       const std::string& path,
                                                       std::size_t limit) override {
        return git::read_committed(objects(commit, path), limit);
    }

    support::Result<std::optional<CommittedFolder>> read_folder(
        const Commit& commit, const std::string& path, const FolderLimits& limits) override {
        return git::read_committed_folder(objects(commit, path), limits);
    }

    support::Result<FileHistory> walk(const Commit& newest, const std::string& path,
                                      const WalkLimits& limits) override {
        return git::walk_file(m_opened.repository, m_watchdog, newest, path, limits);
    }

    support::Result<bool> reaches(const Commit& newer, const std::string& older) override {
        const auto watch = m_watchdog->over("looking for " + git::shortened(older),
                                            git::Watchdog::Counts::waiting);
        return git::reaches(*m_opened.repository, newer, older);
    }

    std::optional<Commit> head() override {
        const auto watch = m_watchdog->over("looking up HEAD");
        auto found = git::find_head(*m_opened.repository);
        return found ? std::optional<Commit>(std::move(*found)) : std::nullopt;
    }

private:
    [[nodiscard]] git::CommitObjects objects(const Commit& commit, const std::string& path) const {
        return {m_opened.repository, m_watchdog, commit, path};
    }

    git::Opened m_opened;
    std::shared_ptr<git::Watchdog> m_watchdog;
};

}  // namespace

support::Result<std::unique_ptr<Repository>> open_repository(const std::string& directory,
                                                             bool trust,
                                                             std::chrono::milliseconds patience) {
    auto watchdog = std::make_shared<git::Watchdog>(patience);
    auto opened = git::open(directory, trust, watchdog);
    if (!opened) {
        return opened.problems();
    }
    return std::unique_ptr<Repository>(
        std::make_unique<GitRepository>(std::move(*opened), std::move(watchdog)));
}

std::string blob_id(std::string_view bytes) {
    constexpr std::size_t id_length = 40;
    // Without it no policy has a digest, and no run a name for what it judged by.
    if (const std::string& missing = git::start_library(); !missing.empty()) {
        throw MissingLibrary(missing);
    }
    git_oid id;
    const char* data = bytes.empty() ? "" : bytes.data();
    if (git::git_odb_hash(&id, data, bytes.size(), GIT_OBJECT_BLOB) != 0) {
        return {};
    }
    std::string text(id_length, '0');
    git::git_oid_fmt(text.data(), &id);
    return text;
}

}  // namespace metricgate::sources
