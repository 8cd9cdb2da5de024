#include "sources/committed_file.h"

#include <git2.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/commits.h"
#include "sources/git_library.h"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

constexpr std::size_t id_length = 40;

using Found = std::optional<CommittedFile>;

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

/// A blob and the repository it came from, which has to outlive it.
struct HeldBlob {
    std::shared_ptr<git_repository> repository;
    Handle<git_blob> blob;
};

class CommittedReader {
public:
    CommittedReader(std::shared_ptr<git_repository> repository, const Commit& commit,
                    const std::string& path)
        : m_repository(std::move(repository)), m_commit(commit), m_path(path) {}

    support::Result<Found> read(std::size_t limit) {
        std::vector<std::string> parts;
        if (!split(m_path, parts)) {
            return about("the path must be relative to the repository's root and stay inside");
        }
        Handle<git_tree> tree;
        int code = root_tree(tree);
        std::string walked;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (code != 0) {
                return unreadable(walked.empty() ? "the commit's tree" : "'" + walked + "'", code);
            }
            walked += (walked.empty() ? "" : "/") + parts[i];
            const git_tree_entry* entry = git_tree_entry_byname(tree.get(), parts[i].c_str());
            if (entry == nullptr) {
                return Found{};
            }
            const bool is_last = i + 1 == parts.size();
            const git_oid id = *git_tree_entry_id(entry);
            switch (git_tree_entry_filemode(entry)) {
                case GIT_FILEMODE_LINK:
                    return about("'" + walked +
                                 "' is a symbolic link in that commit; name the file it points to");
                case GIT_FILEMODE_COMMIT:
                    return about("'" + walked +
                                 "' is a submodule, whose files are in another repository");
                case GIT_FILEMODE_TREE:
                    if (is_last) {
                        return about("'" + walked + "' is a directory in that commit, not a file");
                    }
                    code = subtree(tree, id);
                    break;
                case GIT_FILEMODE_BLOB:
                case GIT_FILEMODE_BLOB_EXECUTABLE:
                    // A file where the path wants a folder: the path does not exist there.
                    return is_last ? read_blob(id, limit) : support::Result<Found>(Found{});
                case GIT_FILEMODE_UNREADABLE:
                    return about("'" + walked + "' has an unknown mode in that commit");
            }
        }
        return unreadable("'" + walked + "'", code);
    }

private:
    [[nodiscard]] support::Diagnostic about(std::string message) const {
        return {support::in_file("git:" + shortened(m_commit.id) + ":" + m_path),
                std::move(message)};
    }

    [[nodiscard]] support::Diagnostic unreadable(const std::string& what, int code) const {
        if (code == GIT_ENOTFOUND) {
            return about(what +
                         " is not in this clone, though the commit names it: a partial clone "
                         "leaves objects out; clone without a filter (`git fetch --refetch "
                         "--no-filter`)");
        }
        return about(what + " cannot be read, the repository may be damaged (`git fsck`): " +
                     reason_of(code));
    }

    int root_tree(Handle<git_tree>& tree) const {
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

    int subtree(Handle<git_tree>& tree, const git_oid& id) const {
        git_tree* found = nullptr;
        const int code = git_tree_lookup(&found, m_repository.get(), &id);
        tree.reset(found);
        return code;
    }

    // The size is asked for first: a blob of a few kilobytes may unpack into gigabytes.
    support::Result<Found> read_blob(const git_oid& id, std::size_t limit) const {
        git_odb* opened = nullptr;
        int code = git_repository_odb(&opened, m_repository.get());
        const Handle<git_odb> objects(opened);
        std::size_t size = 0;
        git_object_t type = GIT_OBJECT_INVALID;
        if (code == 0) {
            code = git_odb_read_header(&size, &type, objects.get(), &id);
        }
        if (code != 0) {
            return unreadable("blob " + shortened(text_of(id)), code);
        }
        if (type != GIT_OBJECT_BLOB) {
            return about("object " + shortened(text_of(id)) +
                         " is no file content; the repository is damaged");
        }
        if (size > limit) {
            return about("it has " + support::count_of(size, "byte", "bytes") + "; at most " +
                         support::count_of(limit, "byte", "bytes") + " are read");
        }
        git_blob* blob = nullptr;
        code = git_blob_lookup(&blob, m_repository.get(), &id);
        if (code != 0) {
            return unreadable("blob " + shortened(text_of(id)), code);
        }
        auto held = std::make_shared<HeldBlob>();
        held->repository = m_repository;
        held->blob.reset(blob);
        const auto raw_size = static_cast<std::size_t>(git_blob_rawsize(blob));
        if (raw_size != size) {
            return about("its size is not the one its header states; the repository is damaged");
        }
        const std::string_view content(static_cast<const char*>(git_blob_rawcontent(blob)),
                                       raw_size);
        return Found(CommittedFile{support::Bytes(held, content), text_of(id), m_commit});
    }

    std::shared_ptr<git_repository> m_repository;
    const Commit& m_commit;
    const std::string& m_path;
};

}  // namespace

support::Result<std::optional<CommittedFile>> read_committed(
    const std::shared_ptr<git_repository>& repository, const Commit& commit,
    const std::string& path, std::size_t limit) {
    return CommittedReader(repository, commit, path).read(limit);
}

}  // namespace metricgate::sources::git
