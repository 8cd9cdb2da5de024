#include "sources/guarded_objects.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include <array>
#include <filesystem>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

#include "sources/inflate_object.h"
#include "sources/late_libgit2.inc"
#include "sources/late_libgit2_backend.inc"
#include "sources/object_folders.h"
#include "sources/watchdog.h"
#include "support/disk_read.h"

namespace metricgate::sources::git {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{4} << 30;
constexpr int priority = 100;  // libgit2's own have 1 and 2
constexpr std::size_t id_length = 40;
constexpr std::size_t shown_length = 12;
constexpr std::size_t largest_structure = std::size_t{256} << 20;  // a tree of six million files
constexpr const char* too_large = "it is a commit, tree or tag of more than 256 MiB";

/// libgit2 sees the first member alone.
struct Objects {
    git_odb_backend backend{};
    std::vector<std::string> folders;
    Handle<git_odb> packs;  ///< of the same folders, without loose objects
    std::shared_ptr<Watchdog> watchdog;
};

const Objects& ours(const git_odb_backend* backend) {
    return *reinterpret_cast<const Objects*>(backend);
}

int refused(const std::string& what) {
    git_error_set_str(GIT_ERROR_ODB, ("its loose object " + what).c_str());
    return GIT_ERROR;
}

/// Files are held to limits of their own; a commit, a tree or a tag is unpacked as soon as it is
/// looked up.
bool is_too_large(git_object_t type, std::size_t size) {
    return type != GIT_OBJECT_BLOB && size > largest_structure;
}

/// What libgit2 may read from a pack. Deltas that go in a circle it follows for ever, here without
/// taking memory for each, until the watchdog ends that.
int look_at_packed(const Objects& objects, const git_oid& id) {
    std::array<char, id_length + 1> hex{};
    git_oid_fmt(hex.data(), &id);
    const auto watch = objects.watchdog->over(
        "following the deltas of object " + std::string(hex.data(), shown_length) + " in its pack");
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    if (git_odb_read_header(&size, &type, objects.packs.get(), &id) == 0 &&
        is_too_large(type, size)) {
        git_error_set_str(GIT_ERROR_ODB, too_large);
        return GIT_ERROR;
    }
    return GIT_ENOTFOUND;  // left to libgit2's own reader, and to its words
}

/// The file of an object; GIT_ENOTFOUND when no folder has one and libgit2 may look for it in
/// packs.
int find(const Objects& objects, const git_oid& id, support::Bytes& packed) {
    std::array<char, id_length + 1> hex{};
    git_oid_fmt(hex.data(), &id);
    const std::string_view name(hex.data(), id_length);
    for (const std::string& folder : objects.folders) {
        const std::string path =
            folder + "/" + std::string(name.substr(0, 2)) + "/" + std::string(name.substr(2));
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0) {
            continue;  // what cannot be looked at libgit2 does not find either
        }
        auto bytes =
            support::read_from_disk(path, largest_file, support::PathTrust::command_line, "");
        if (!bytes) {
            return refused(bytes.problems().front().message);
        }
        packed = std::move(*bytes);
        return 0;
    }
    return look_at_packed(objects, id);
}

int read_head(ObjectInflater& object, git_object_t& type) {
    if (const std::string wrong = object.read_head(); !wrong.empty()) {
        return refused(wrong);
    }
    type = git_object_string2type(object.type().c_str());
    if (git_object_typeisloose(type) == 0 || object.type() != git_object_type2string(type)) {
        return refused("has a head that git does not write");
    }
    if (is_too_large(type, object.size())) {
        git_error_set_str(GIT_ERROR_ODB, too_large);
        return GIT_ERROR;
    }
    return 0;
}

int read_header(size_t* size, git_object_t* type, git_odb_backend* backend, const git_oid* id) {
    try {
        support::Bytes packed;
        int code = find(ours(backend), *id, packed);
        if (code == 0) {
            ObjectInflater object(packed.view());
            code = read_head(object, *type);
            *size = object.size();
        }
        return code;
    } catch (const std::bad_alloc&) {
        git_error_set_oom();
        return GIT_ERROR;
    }
}

int read(void** content, size_t* size, git_object_t* type, git_odb_backend* backend,
         const git_oid* id) {
    try {
        support::Bytes packed;
        int code = find(ours(backend), *id, packed);
        if (code != 0) {
            return code;
        }
        ObjectInflater object(packed.view());
        code = read_head(object, *type);
        if (code != 0) {
            return code;
        }
        void* unpacked = git_odb_backend_data_alloc(backend, object.size() + 1);
        if (unpacked == nullptr) {
            git_error_set_oom();
            return GIT_ERROR;
        }
        if (const std::string wrong = object.read_content(static_cast<char*>(unpacked));
            !wrong.empty()) {
            git_odb_backend_data_free(backend, unpacked);
            return refused(wrong);
        }
        *content = unpacked;
        *size = object.size();
        return 0;
    } catch (const std::bad_alloc&) {
        git_error_set_oom();
        return GIT_ERROR;
    }
}

void release(git_odb_backend* backend) {
    delete reinterpret_cast<Objects*>(backend);
}

int open_packs(Objects& objects) {
    git_odb* opened = nullptr;
    int code = git_odb_new(&opened);
    objects.packs.reset(opened);
    for (const std::string& folder : objects.folders) {
        git_odb_backend* packs = nullptr;
        code = code == 0 ? git_odb_backend_pack(&packs, folder.c_str()) : code;
        code = code == 0 ? git_odb_add_backend(opened, packs, priority) : code;
    }
    return code;
}

}  // namespace

support::Result<support::Done> guard_objects(git_repository& repository,
                                             std::shared_ptr<Watchdog> watchdog) {
    const char* common = git_repository_commondir(&repository);
    auto folders = object_folders((fs::path(common == nullptr ? "" : common) / "objects").string());
    if (!folders) {
        return folders.problems();
    }
    git_odb* opened = nullptr;
    int code = git_repository_odb(&opened, &repository);
    const Handle<git_odb> database(opened);
    auto objects = std::make_unique<Objects>();
    objects->watchdog = std::move(watchdog);
    objects->folders = std::move(*folders);
    code = code == 0 ? open_packs(*objects) : code;
    git_odb_backend* backend = &objects->backend;
    code = code == 0 ? git_odb_init_backend(backend, GIT_ODB_BACKEND_VERSION) : code;
    if (code == 0) {
        backend->read = &read;
        backend->read_header = &read_header;
        backend->free = &release;
        code = git_odb_add_backend(database.get(), backend, priority);
    }
    if (code != 0) {
        return support::Diagnostic{support::in_file("git"),
                                   "the repository's objects cannot be opened: " + reason_of(code)};
    }
    static_cast<void>(objects.release());
    return support::Done{};
}

}  // namespace metricgate::sources::git
