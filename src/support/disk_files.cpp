#include <cerrno>
#include <filesystem>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

#include "support/disk_list.h"
#include "support/disk_read.h"
#include "support/disk_remove.h"
#include "support/disk_write.h"
#include "support/file_descriptor.h"
#include "support/files.h"
#include "support/written_place.h"

namespace metricgate::support {

namespace {

class DiskFiles final : public FileSystem {
public:
    Result<Bytes> read(const std::string& path, std::size_t limit, PathTrust trust,
                       const std::string& root) override {
        return read_from_disk(path, limit, trust, root);
    }

    Result<Done> write(const std::string& path, std::string_view bytes) override {
        return write_to_disk(path, bytes);
    }

    Result<std::vector<std::string>> list(const std::string& path, std::size_t most,
                                          PathTrust trust, const std::string& root) override {
        return list_on_disk(path, most, trust, root);
    }

    bool is_folder(const std::string& path) override {
        struct stat status {};
        return is_plain_path(path) && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    }

    /// Folders have one, too: a log directory is a source like a file.
    FileIdentity identify(const std::string& path) override {
        struct stat status {};
        // Standard input may be a redirected file, which is a source like any other.
        const bool found = path == "-" ? ::fstat(STDIN_FILENO, &status) == 0
                                       : is_plain_path(path) && ::stat(path.c_str(), &status) == 0;
        if (!found || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))) {
            return {};
        }
        return {true, static_cast<std::uint64_t>(status.st_dev),
                static_cast<std::uint64_t>(status.st_ino)};
    }

    Result<Done> remove(const std::string& path) override {
        // The file behind such a link is none that a change may choose, to be emptied either.
        if (WrittenPlace place = written_place(path); !place.refusal.empty()) {
            // A disk that no longer tells where a path leads may still take away what was seen
            // there; of a link the name alone.
            const bool is_lost = place.path.empty() && is_plain_path(path);
            if (is_lost && ::unlink(path.c_str()) == 0) {
                return Done{};
            }
            return Diagnostic{in_file(path), std::move(place.refusal)};
        }
        if (!is_plain_path(path) || !remove_on_disk(path.c_str())) {
            return Diagnostic{in_file(path), "could not be removed"};
        }
        return Done{};
    }

    /// True also for what is there but cannot be looked at (no permission, a link to nothing):
    /// the error belongs to the reading, and nothing else may silently take its place.
    bool exists(const std::string& path) override {
        struct stat status {};
        if (!is_plain_path(path)) {
            return false;
        }
        return ::lstat(path.c_str(), &status) == 0 ||
               (errno != ENOENT && errno != ENOTDIR && errno != ENAMETOOLONG);
    }

    std::string working_directory() override {
        std::error_code error;
        const auto path = std::filesystem::current_path(error);
        return error ? std::string() : path.string();
    }
};

}  // namespace

std::unique_ptr<FileSystem> disk() {
    return std::make_unique<DiskFiles>();
}

}  // namespace metricgate::support
