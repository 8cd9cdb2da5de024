#include "sources/file_history.h"

#include <algorithm>
#include <optional>

#include "sources/commit_objects.h"
#include "sources/commits.h"
#include "sources/renamed_file.h"
#include "sources/watchdog.h"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

/// From one commit to its first parent, as long as there is one that this clone has.
class Walk {
public:
    Walk(std::shared_ptr<git_repository> repository, std::shared_ptr<Watchdog> watchdog,
         Commit newest, std::string path)
        : m_repository(std::move(repository)),
          m_watchdog(std::move(watchdog)),
          m_commit(std::move(newest)),
          m_path(std::move(path)) {}

    support::Result<support::Done> run(const WalkLimits& limits) {
        auto here = blob_at(m_commit, m_path);
        m_gone = here && !here->has_value();
        std::size_t commits = 1;
        while (here && m_versions.size() < limits.versions) {
            auto parent = first_parent();
            if (!parent) {
                return parent.problems();
            }
            if (!parent->has_value()) {
                keep(*here);
                return support::Done{};
            }
            std::string path_before = m_path;
            auto before = blob_at(**parent, path_before);
            if (before && here->has_value() && !before->has_value()) {
                auto renamed = name_before(*m_repository, (*parent)->id, m_commit.id, m_path);
                if (!renamed) {
                    return renamed.problems();
                }
                if (!renamed->empty()) {
                    m_notes.push_back("The file was called " + support::visible(*renamed, 100) +
                                      " before commit " + shortened(m_commit.id) + ".");
                    path_before = *renamed;
                    before = blob_at(**parent, path_before);
                }
            }
            if (!before) {
                return before.problems();
            }
            if (*before != *here) {
                keep(*here);
            }
            m_commit = std::move(**parent);
            m_path = std::move(path_before);
            here = std::move(before);
            if (++commits > limits.commits) {
                m_notes.push_back("The walk ended after " +
                                  support::count_of(limits.commits, "commit", "commits") + ", at " +
                                  shortened(m_commit.id) + ".");
                return support::Done{};
            }
        }
        return here ? support::Result<support::Done>(support::Done{}) : here.problems();
    }

    support::Result<FileHistory> take(std::size_t file_bytes) {
        std::reverse(m_versions.begin(), m_versions.end());
        for (FileVersion& version : m_versions) {
            auto bytes = CommitObjects(m_repository, m_watchdog, version.commit, version.path)
                             .read_blob(version.blob, file_bytes);
            if (!bytes) {
                return bytes.problems();
            }
            version.bytes = std::move(*bytes);
        }
        return FileHistory{std::move(m_versions), std::move(m_notes), m_gone};
    }

private:
    /// The id of the file's content at a commit; nothing where there is no such file.
    [[nodiscard]] support::Result<std::optional<std::string>> blob_at(
        const Commit& commit, const std::string& path) const {
        const CommitObjects objects(m_repository, m_watchdog, commit, path);
        auto found = objects.find();
        if (!found) {
            return found.problems();
        }
        if (!found->has_value() || (*found)->kind == EntryKind::folder) {
            return std::optional<std::string>{};
        }
        return std::optional((*found)->id);
    }

    /// Nothing at the first commit, and where a shallow clone was cut off.
    support::Result<std::optional<Commit>> first_parent() {
        const auto parents = parent_ids(*m_repository, m_commit.id);
        if (!parents) {
            return parents.problems();
        }
        if (parents->empty()) {
            return std::optional<Commit>{};
        }
        auto parent = load_commit(*m_repository, parents->front(), shortened(parents->front()));
        if (!parent && is_shallow(*m_repository)) {
            m_notes.push_back("This clone is shallow, and the history before commit " +
                              shortened(m_commit.id) + " is not in it; " + deepen(Depth::all) +
                              ".");
            return std::optional<Commit>{};
        }
        if (!parent) {
            return parent.problems();
        }
        return std::optional(std::move(*parent));
    }

    void keep(const std::optional<std::string>& blob) {
        if (blob) {
            m_versions.push_back({m_commit, *blob, m_path, {}});
        }
    }

    std::shared_ptr<git_repository> m_repository;
    std::shared_ptr<Watchdog> m_watchdog;
    Commit m_commit;
    std::string m_path;
    std::vector<FileVersion> m_versions;  ///< newest first
    std::vector<std::string> m_notes;
    bool m_gone = false;
};

}  // namespace

support::Result<FileHistory> walk_file(const std::shared_ptr<git_repository>& repository,
                                       const std::shared_ptr<Watchdog>& watchdog,
                                       const Commit& newest, const std::string& path,
                                       const WalkLimits& limits) {
    const auto watch =
        watchdog->over("walking " + path + " through the commits", Watchdog::Counts::waiting);
    Walk walk(repository, watchdog, newest, path);
    if (const auto done = walk.run(limits); !done) {
        return done.problems();
    }
    return walk.take(limits.file_bytes);
}

}  // namespace metricgate::sources::git
