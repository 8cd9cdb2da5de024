#include "sources/commit_objects.h"

#include <git2.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "sources/commits.h"
#include "sources/late_libgit2.inc"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

constexpr std::size_t id_length = 40;

std::string text_of(const git_oid& id) {
    std::string text(id_length, '0');
    git_oid_fmt(text.data(), &id);
    return text;
}

/// The parts of a path between its slashes; `.` says nothing. False: it leads outside.
bool split(const std::string& path, std::vector<std::string>& parts) {
    if (path.empty() || path.front() == '/' || path.find('\0') != std::string::npos) {
        return false;
    }
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        std::string part = path.substr(begin, end - begin);
        if (part == "..") {
            return false;
        }
        if (!part.empty() && part != ".") {
            parts.push_back(std::move(part));
        }
        begin = end + 1;
    }
    return !parts.empty();
}

EntryKind kind_of(const git_tree_entry& entry) {
    switch (git_tree_entry_filemode(&entry)) {
        case GIT_FILEMODE_BLOB:
        case GIT_FILEMODE_BLOB_EXECUTABLE:
            return EntryKind::file;
        case GIT_FILEMODE_TREE:
            return EntryKind::folder;
        case GIT_FILEMODE_LINK:
            return EntryKind::link;
        case GIT_FILEMODE_COMMIT:
            return EntryKind::submodule;
        case GIT_FILEMODE_UNREADABLE:
            return EntryKind::unknown;
    }
    return EntryKind::unknown;
}

TreeEntry entry_of(const git_tree_entry& entry) {
    return {git_tree_entry_name(&entry), text_of(*git_tree_entry_id(&entry)), kind_of(entry)};
}

/// A blob and the repository it came from, which has to outlive it.
struct HeldBlob {
    std::shared_ptr<git_repository> repository;
    Handle<git_blob> blob;
};

}  // namespace

CommitObjects::CommitObjects(std::shared_ptr<git_repository> repository,
                             std::shared_ptr<Watchdog> watchdog, Commit commit, std::string path)
    : m_repository(std::move(repository)),
      m_watchdog(std::move(watchdog)),
      m_commit(std::move(commit)),
      m_path(std::move(path)) {}

Watchdog::Watch CommitObjects::watch() const {
    return m_watchdog->over("reading " + m_path + " of commit " + shortened(m_commit.id),
                            Watchdog::Counts::waiting);
}

support::Result<std::optional<TreeEntry>> CommitObjects::find() const {
    std::vector<std::string> parts;
    if (!split(m_path, parts)) {
        return about("the path must be relative to the repository's root and stay inside");
    }
    const auto watching = watch();
    Handle<git_tree> tree;
    int code = root_tree(tree);
    std::string walked;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (code != 0) {
            return unreadable(walked.empty() ? "the commit's tree" : "'" + walked + "'", code);
        }
        walked += (walked.empty() ? "" : "/") + parts[i];
        const git_tree_entry* found = git_tree_entry_byname(tree.get(), parts[i].c_str());
        if (found == nullptr) {
            return std::optional<TreeEntry>{};
        }
        const bool is_last = i + 1 == parts.size();
        TreeEntry entry = entry_of(*found);
        switch (entry.kind) {
            case EntryKind::link:
                return about("'" + walked +
                             "' is a symbolic link in that commit; name the file it points to");
            case EntryKind::submodule:
                return about("'" + walked +
                             "' is a submodule, whose files are in another repository");
            case EntryKind::unknown:
                return about("'" + walked + "' has an unknown mode in that commit");
            case EntryKind::folder:
            case EntryKind::file:
                break;
        }
        if (is_last) {
            return std::optional(std::move(entry));
        }
        if (entry.kind == EntryKind::file) {
            return std::optional<TreeEntry>{};  // the path wants a folder there
        }
        code = tree_of(tree, entry.id);
    }
    return unreadable("'" + walked + "'", code);
}

support::Result<std::vector<TreeEntry>> CommitObjects::entries(const std::string& tree,
                                                               const std::string& walked) const {
    const auto watching = watch();
    Handle<git_tree> opened;
    if (const int code = tree_of(opened, tree); code != 0) {
        return unreadable("'" + walked + "'", code);
    }
    std::vector<TreeEntry> found;
    const std::size_t count = git_tree_entrycount(opened.get());
    found.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        found.push_back(entry_of(*git_tree_entry_byindex(opened.get(), i)));
    }
    return found;
}

std::optional<std::size_t> CommitObjects::blob_size(const std::string& id) const {
    const auto watching = watch();
    git_oid wanted;
    git_odb* opened = nullptr;
    int code = git_oid_fromstr(&wanted, id.c_str());
    code = code == 0 ? git_repository_odb(&opened, m_repository.get()) : code;
    const Handle<git_odb> objects(opened);
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    code = code == 0 ? git_odb_read_header(&size, &type, objects.get(), &wanted) : code;
    return code == 0 && type == GIT_OBJECT_BLOB ? std::optional(size) : std::nullopt;
}

// The size is asked for first: a blob of a few kilobytes may unpack into gigabytes.
support::Result<support::Bytes> CommitObjects::read_blob(const std::string& id,
                                                         std::size_t limit) const {
    const auto watching = watch();
    git_oid wanted;
    git_odb* opened = nullptr;
    int code = git_oid_fromstr(&wanted, id.c_str());
    code = code == 0 ? git_repository_odb(&opened, m_repository.get()) : code;
    const Handle<git_odb> objects(opened);
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (code == 0) {
        code = git_odb_read_header(&size, &type, objects.get(), &wanted);
    }
    if (code != 0) {
        return unreadable("blob " + shortened(id), code);
    }
    if (type != GIT_OBJECT_BLOB) {
        return about("object " + shortened(id) + " is no file content; the repository is damaged");
    }
    if (size > limit) {
        return about("it has " + support::count_of(size, "byte", "bytes") + "; at most " +
                     support::count_of(limit, "byte", "bytes") + " are read");
    }
    git_blob* blob = nullptr;
    code = git_blob_lookup(&blob, m_repository.get(), &wanted);
    if (code != 0) {
        return unreadable("blob " + shortened(id), code);
    }
    auto held = std::make_shared<HeldBlob>();
    held->repository = m_repository;
    held->blob.reset(blob);
    const auto raw_size = static_cast<std::size_t>(git_blob_rawsize(blob));
    if (raw_size != size) {
        return about("its size is not the one its header states; the repository is damaged");
    }
    const std::string_view content(static_cast<const char*>(git_blob_rawcontent(blob)), raw_size);
    return support::Bytes(held, content);
}

support::Diagnostic CommitObjects::about(std::string message) const {
    return {support::in_file("git:" + shortened(m_commit.id) + ":" + m_path), std::move(message)};
}

support::Diagnostic CommitObjects::unreadable(const std::string& what, int code) const {
    if (code == GIT_ENOTFOUND) {
        return about(what +
                     " is not in this clone, though the commit names it: a partial clone "
                     "leaves objects out; clone without a filter (`git fetch --refetch "
                     "--no-filter`)");
    }
    return about(what +
                 " cannot be read, the repository may be damaged (`git fsck`): " + reason_of(code));
}

int CommitObjects::root_tree(Handle<git_tree>& tree) const {
    git_oid id;
    int code = git_oid_fromstr(&id, m_commit.id.c_str());
    git_commit* found = nullptr;
    if (code == 0) {
        code = git_commit_lookup(&found, m_repository.get(), &id);
    }
    const Handle<git_commit> commit(found);
    git_tree* root = nullptr;
    if (code == 0) {
        code = git_commit_tree(&root, commit.get());
    }
    tree.reset(root);
    return code;
}

int CommitObjects::tree_of(Handle<git_tree>& tree, const std::string& id) const {
    git_oid wanted;
    int code = git_oid_fromstr(&wanted, id.c_str());
    git_tree* found = nullptr;
    if (code == 0) {
        code = git_tree_lookup(&found, m_repository.get(), &wanted);
    }
    tree.reset(found);
    return code;
}

}  // namespace metricgate::sources::git
