#include "sources/committed_folder.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "sources/commit_objects.h"
#include "sources/document.h"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

constexpr int deepest = 32;  // as on disk
constexpr std::size_t longest_link = 4096;

struct Listed {
    std::string name;  ///< relative to the folder
    std::string blob;
};

/// The files of a folder of a commit, each read when it is asked for.
class CommittedTree final : public FileTree {
public:
    CommittedTree(CommitObjects objects, const std::vector<Listed>& files, std::size_t limit)
        : m_objects(std::move(objects)), m_limit(limit) {
        for (const Listed& file : files) {
            m_names.push_back(file.name);
            m_blobs.push_back(file.blob);
        }
    }
    [[nodiscard]] const std::vector<std::string>& names() const override { return m_names; }
    [[nodiscard]] support::Result<support::Bytes> read(const std::string& name) const override {
        const auto at = std::lower_bound(m_names.begin(), m_names.end(), name);
        if (at == m_names.end() || *at != name) {
            return m_objects.about("holds no file '" + support::visible(name) + "'");
        }
        return m_objects.read_blob(m_blobs[static_cast<std::size_t>(at - m_names.begin())],
                                   m_limit);
    }

private:
    CommitObjects m_objects;
    std::size_t m_limit;
    std::vector<std::string> m_names;
    std::vector<std::string> m_blobs;
};

/// Walks a folder. What is refused and what is passed over is the same as for one on disk; a
/// submodule, which would be files there, is refused.
class Lister {
public:
    Lister(const CommitObjects& objects, const FolderLimits& limits)
        : m_objects(objects), m_limits(limits) {}

    support::Result<std::vector<Listed>> list(const std::string& tree) {
        auto problems = walk(tree, "", 0);
        if (!problems.empty()) {
            return problems;
        }
        std::sort(m_files.begin(), m_files.end(),
                  [](const Listed& a, const Listed& b) { return a.name < b.name; });
        const auto twice =
            std::adjacent_find(m_files.begin(), m_files.end(),
                               [](const Listed& a, const Listed& b) { return a.name == b.name; });
        if (twice != m_files.end()) {
            return malformed(twice->name);
        }
        return std::move(m_files);
    }

private:
    // NOLINTNEXTLINE(misc-no-recursion): as deep as `deepest`.
    support::Diagnostics walk(const std::string& tree, const std::string& prefix, int depth) {
        if (depth > deepest) {
            return one("holds folders nested deeper than " + std::to_string(deepest) +
                       "; name the folder that is meant");
        }
        // Folders count, too: a few objects may be a tree of billions of them.
        if (++m_folders > m_limits.most_files) {
            return too_many("folder", "folders");
        }
        const auto entries = m_objects.entries(tree, prefix.empty() ? "the folder" : prefix);
        if (!entries) {
            return entries.problems();
        }
        for (const TreeEntry& entry : *entries) {
            if (auto problems = take(entry, prefix, depth); !problems.empty()) {
                return problems;
            }
        }
        return {};
    }

    // NOLINTNEXTLINE(misc-no-recursion): as deep as `deepest`.
    support::Diagnostics take(const TreeEntry& entry, const std::string& prefix, int depth) {
        const std::string name = prefix + entry.name;
        if (entry.name.empty() || entry.name == "." || entry.name == ".." ||
            entry.name.find('/') != std::string::npos) {
            return {malformed(name)};
        }
        switch (entry.kind) {
            case EntryKind::file:
                return add({name, entry.id});
            case EntryKind::folder:
                return walk(entry.id, name + "/", depth + 1);
            case EntryKind::link:
                return check_link(name, entry.id);
            case EntryKind::submodule:
                return one("holds a submodule, '" + support::visible(name) +
                           "', whose files are in another repository; name the folder that is "
                           "meant");
            case EntryKind::unknown:
                return one("holds '" + support::visible(name) + "', which has an unknown mode");
        }
        return {};
    }

    support::Diagnostics add(Listed file) {
        if (m_files.size() == m_limits.most_files) {
            return too_many("file", "files");
        }
        // One that this clone does not have is a problem when it is read.
        m_bytes += m_objects.blob_size(file.blob).value_or(0);
        if (m_bytes > m_limits.all_bytes) {
            return one("holds more than " + support::count_of(m_limits.all_bytes, "byte", "bytes") +
                       "; name the folder that is meant");
        }
        m_files.push_back(std::move(file));
        return {};
    }

    /// A link within the folder leads to what is listed anyway.
    support::Diagnostics check_link(const std::string& name, const std::string& blob) const {
        const auto target = m_objects.read_blob(blob, longest_link);
        if (!target) {
            return target.problems();
        }
        const std::filesystem::path leads_to =
            (std::filesystem::path(name).parent_path() / std::string(target->view()))
                .lexically_normal();
        if (leads_to.is_absolute() || (!leads_to.empty() && *leads_to.begin() == "..")) {
            return one("holds a link that leads out of it, '" + support::visible(name) +
                       "', which is not followed; commit the file in its place");
        }
        return {};
    }

    [[nodiscard]] support::Diagnostics one(std::string message) const {
        return {m_objects.about(std::move(message))};
    }
    [[nodiscard]] support::Diagnostics too_many(const char* what, const char* many) const {
        return one("holds more than " + support::count_of(m_limits.most_files, what, many) +
                   "; name the folder that is meant");
    }
    [[nodiscard]] support::Diagnostic malformed(const std::string& name) const {
        return m_objects.about("holds the name '" + support::visible(name) +
                               "', which git never writes; the repository is damaged (`git fsck`)");
    }

    const CommitObjects& m_objects;
    const FolderLimits& m_limits;
    std::vector<Listed> m_files;
    std::size_t m_folders = 0;
    std::size_t m_bytes = 0;
};

}  // namespace

support::Result<std::optional<CommittedFolder>> read_committed_folder(const CommitObjects& objects,
                                                                      const FolderLimits& limits) {
    const auto found = objects.find();
    if (!found) {
        return found.problems();
    }
    if (!found->has_value() || (*found)->kind != EntryKind::folder) {
        return std::optional<CommittedFolder>{};
    }
    const auto files = Lister(objects, limits).list((*found)->id);
    if (!files) {
        return files.problems();
    }
    CommittedFolder folder;
    for (const Listed& file : *files) {
        folder.blobs.push_back(file.blob);
    }
    folder.files = std::make_shared<CommittedTree>(objects, *files, limits.file_bytes);
    folder.commit = objects.commit();
    return std::optional(std::move(folder));
}

}  // namespace metricgate::sources::git
