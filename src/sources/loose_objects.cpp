#include "sources/loose_objects.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <new>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>

#include "sources/inflate_object.h"
#include "support/disk_read.h"

namespace metricgate::sources::git {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{4} << 30;
constexpr std::size_t largest_list = std::size_t{1} << 20;
constexpr int priority = 100;  // libgit2's own have 1 and 2
constexpr int deepest = 5;     // as libgit2 and git
constexpr std::size_t id_length = 40;

/// libgit2 sees the first member alone.
struct LooseObjects {
    git_odb_backend backend{};
    std::vector<std::string> folders;
};

const LooseObjects& ours(const git_odb_backend* backend) {
    return *reinterpret_cast<const LooseObjects*>(backend);
}

int refused(const std::string& what) {
    git_error_set_str(GIT_ERROR_ODB, ("its loose object " + what).c_str());
    return GIT_ERROR;
}

/// The file of an object; GIT_ENOTFOUND when no folder has one.
int find(const LooseObjects& objects, const git_oid& id, support::Bytes& packed) {
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
    return GIT_ENOTFOUND;
}

int read_head(ObjectInflater& object, git_object_t& type) {
    if (const std::string wrong = object.read_head(); !wrong.empty()) {
        return refused(wrong);
    }
    type = git_object_string2type(object.type().c_str());
    return git_object_typeisloose(type) != 0 && object.type() == git_object_type2string(type)
               ? 0
               : refused("has a head that git does not write");
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
    delete reinterpret_cast<LooseObjects*>(backend);
}

/// `folder` and those that its list of alternates names, and theirs.
// NOLINTNEXTLINE(misc-no-recursion): as deep as `deepest`.
void add_folders(const std::string& folder, int depth, std::vector<std::string>& folders) {
    folders.push_back(folder);
    const auto list = support::read_from_disk(folder + "/info/alternates", largest_list,
                                              support::PathTrust::command_line, "");
    if (!list || depth == deepest) {
        return;
    }
    std::istringstream lines{std::string(list->view())};
    for (std::string name; std::getline(lines, name);) {
        name.resize(std::min(name.find('\r'), name.size()));
        if (!name.empty() && name.front() != '#') {
            add_folders((fs::path(folder) / name).string(), depth + 1, folders);
        }
    }
}

}  // namespace

int guard_loose_objects(git_repository& repository) {
    const char* common = git_repository_commondir(&repository);
    git_odb* opened = nullptr;
    const int code = git_repository_odb(&opened, &repository);
    const Handle<git_odb> database(opened);
    if (code != 0) {
        return code;
    }
    auto objects = std::make_unique<LooseObjects>();
    add_folders((fs::path(common == nullptr ? "" : common) / "objects").string(), 0,
                objects->folders);
    git_odb_backend* backend = &objects->backend;
    if (git_odb_init_backend(backend, GIT_ODB_BACKEND_VERSION) != 0) {
        return GIT_ERROR;
    }
    backend->read = &read;
    backend->read_header = &read_header;
    backend->free = &release;
    const int added = git_odb_add_backend(database.get(), backend, priority);
    if (added == 0) {
        static_cast<void>(objects.release());
    }
    return added;
}

}  // namespace metricgate::sources::git
