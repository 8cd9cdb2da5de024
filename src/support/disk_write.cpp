#include "support/disk_write.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "support/file_descriptor.h"
#include "support/written_place.h"

namespace metricgate::support {

namespace {

/// What went wrong, in words; nothing when all went well.
using Failure = std::optional<std::string>;

constexpr std::string_view temporary_prefix = ".metricgate-";
constexpr std::string_view temporary_suffix = ".tmp";

Failure failed(const std::string& step, int error) {
    return "cannot be written (" + step + "): " + error_text(error);
}

Failure write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return failed("write", count < 0 ? errno : EIO);
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return std::nullopt;
}

/// Some file systems cannot synchronise some kinds of files; that is no failure to write.
bool synchronised(int file) {
    int result = 0;
    do {
        result = ::fsync(file);
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
}

/// The stream that a path stands for, or -1. Opening such a path again would give a regular file
/// behind it a second write position, and each would overwrite the other's bytes.
int standard_stream(const std::string& path) {
    if (path == "-" || path == "/dev/stdout" || path == "/dev/fd/1" || path == "/proc/self/fd/1") {
        return STDOUT_FILENO;
    }
    if (path == "/dev/stderr" || path == "/dev/fd/2" || path == "/proc/self/fd/2") {
        return STDERR_FILENO;
    }
    return -1;
}

/// Writes to something that cannot be replaced: a terminal, a pipe, a device.
Failure write_directly(const std::string& path, std::string_view bytes) {
    const int stream = standard_stream(path);
    // Without O_NONBLOCK, opening a pipe that nobody reads would wait forever.
    FileDescriptor file(stream >= 0
                            ? ::fcntl(stream, F_DUPFD_CLOEXEC, 0)
                            : ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!file.open()) {
        return errno == ENXIO ? "cannot be written: nobody reads this pipe" : failed("open", errno);
    }
    if (stream < 0) {
        const int flags = ::fcntl(file.number(), F_GETFL);
        if (flags < 0 || ::fcntl(file.number(), F_SETFL, flags & ~O_NONBLOCK) != 0) {
            return failed("open", errno);
        }
    }
    if (Failure failure = write_all(file.number(), bytes)) {
        return failure;
    }
    return file.close() ? std::nullopt : failed("close", errno);
}

/// A file beside the target that becomes the target, or goes away. Its lock tells a later run
/// whether its writer still lives, also where process numbers say nothing (containers).
class Replacement {
public:
    Replacement(std::filesystem::path folder, mode_t mode) {
        static std::atomic<unsigned> counter{0};
        constexpr int attempts = 100;
        m_error = EEXIST;
        for (int i = 0; i < attempts && m_error == EEXIST; ++i) {
            m_path = folder / (std::string(temporary_prefix) + std::to_string(::getpid()) + "-" +
                               std::to_string(counter++) + std::string(temporary_suffix));
            m_file = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
            m_error = m_file < 0 ? errno : lock();
            if (m_file >= 0 && m_error != 0) {
                ::close(m_file);  // and gone, or about to be
                m_file = -1;
            }
        }
    }
    ~Replacement() {
        if (m_file >= 0) {
            ::unlink(m_path.c_str());
            ::close(m_file);
        }
    }
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    [[nodiscard]] bool open() const { return m_file >= 0; }
    [[nodiscard]] int error() const { return m_error; }
    [[nodiscard]] int file() const { return m_file; }

    /// Puts the file in the target's place.
    Failure commit(const std::filesystem::path& target) {
        if (!synchronised(m_file)) {
            return failed("fsync", errno);
        }
        if (::rename(m_path.c_str(), target.c_str()) != 0) {
            return failed("rename", errno);
        }
        const int file = m_file;
        m_file = -1;
        return ::close(file) == 0 ? std::nullopt : failed("close", errno);
    }

private:
    /// 0, or why the new file cannot be kept: EEXIST when a cleaning run took it for litter before
    /// it was locked.
    [[nodiscard]] int lock() const {
        struct stat status {};
        if (::flock(m_file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            return EEXIST;
        }
        if (::fstat(m_file, &status) != 0) {
            const int error = errno;
            ::unlink(m_path.c_str());
            return error;
        }
        return status.st_nlink > 0 ? 0 : EEXIST;
    }

    std::filesystem::path m_path;
    int m_file = -1;
    int m_error = 0;
};

/// True for the names that `Replacement` gives: prefix, process number, counter, suffix.
bool is_temporary(std::string_view name) {
    if (!name.starts_with(temporary_prefix) || !name.ends_with(temporary_suffix)) {
        return false;
    }
    name.remove_prefix(temporary_prefix.size());
    return name.find_first_not_of("0123456789-") == name.size() - temporary_suffix.size();
}

/// Removes what a killed run left behind.
void remove_litter(const std::filesystem::path& folder) {
    // Not std::filesystem's iterator, which ends the process where memory lacks.
    struct Close {
        void operator()(DIR* held) const noexcept { ::closedir(held); }
    };
    const std::unique_ptr<DIR, Close> opened(::opendir(folder.c_str()));
    while (const dirent* entry = opened ? ::readdir(opened.get()) : nullptr) {
        if (!is_temporary(entry->d_name)) {
            continue;
        }
        const std::filesystem::path path = folder / entry->d_name;
        const FileDescriptor file(
            ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
        if (file.open() && ::flock(file.number(), LOCK_EX | LOCK_NB) == 0) {
            ::unlink(path.c_str());
        }
    }
}

Failure replace(const std::filesystem::path& target, mode_t mode, bool keep_mode,
                std::string_view bytes) {
    const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
    remove_litter(folder);
    Replacement replacement(folder, mode);
    if (!replacement.open()) {
        return failed("temporary file in " + folder.string(), replacement.error());
    }
    if (keep_mode && ::fchmod(replacement.file(), mode) != 0) {
        return failed("fchmod", errno);
    }
    if (Failure failure = write_all(replacement.file(), bytes)) {
        return failure;
    }
    if (Failure failure = replacement.commit(target)) {
        return failure;
    }
    // The new name is durable only when the folder is; a folder we may not open is left alone.
    const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.open() && !synchronised(opened.number())) {
        return failed("fsync of the directory", errno);
    }
    return std::nullopt;
}

Failure write_somewhere(const std::string& path, std::string_view bytes) {
    if (standard_stream(path) >= 0) {
        return write_directly(path, bytes);
    }
    if (std::string refusal = written_place(path).refusal; !refusal.empty()) {
        return refusal;
    }
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno != ENOENT) {
            return failed("stat", errno);
        }
        if (::lstat(path.c_str(), &status) == 0) {
            return "cannot be written: it is a symbolic link to something that does not exist";
        }
        return replace(path, 0666, false, bytes);
    }
    if (S_ISDIR(status.st_mode)) {
        return "cannot be written: it is a directory";
    }
    if (S_ISBLK(status.st_mode) || S_ISSOCK(status.st_mode)) {
        return "cannot be written: it is a block device or a socket";
    }
    if (!S_ISREG(status.st_mode)) {
        return write_directly(path, bytes);
    }
    // Replacing needs no right to the old file itself; a file made read-only is meant to stay.
    if (::access(path.c_str(), W_OK) != 0) {
        return failed("access", errno);
    }
    std::error_code error;
    const std::filesystem::path target = std::filesystem::canonical(path, error);
    if (error) {
        return "cannot be written: " + error.message();
    }
    return replace(target, status.st_mode & 07777U, true, bytes);
}

}  // namespace

Result<Done> write_to_disk(const std::string& path, std::string_view bytes) {
    if (!is_plain_path(path)) {
        return Diagnostic{in_file(path), "cannot be written: the path is empty or has a NUL byte"};
    }
    if (const Failure failure = write_somewhere(path, bytes)) {
        return Diagnostic{in_file(path), *failure};
    }
    return Done{};
}

}  // namespace metricgate::support
