#include "support/disk_read.h"

#include <cerrno>
#include <cstdlib>
#include <optional>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "support/file_descriptor.h"
#include "support/mapped_files.h"
#include "support/text.h"

namespace metricgate::support {

namespace {

/// A mapped file that somebody cuts short kills its reader, so only what is too large to copy is
/// mapped.
constexpr std::size_t smallest_mapping = std::size_t{1} << 20;

std::string too_large(std::size_t limit) {
    return "is larger than the limit of " + count_of(limit, "byte", "bytes") +
           "; check that this is the right file";
}

/// What stands in the way of reading something with this mode as a file; nothing for a regular
/// file.
std::optional<std::string> why_not_a_file(mode_t mode) {
    if (S_ISREG(mode)) {
        return std::nullopt;
    }
    if (S_ISDIR(mode)) {
        return "is a directory; name a file";
    }
    if (S_ISFIFO(mode)) {
        return "is a pipe (FIFO), not a regular file; use '-' to read standard input";
    }
    if (S_ISSOCK(mode)) {
        return "is a socket, not a regular file";
    }
    return "is a device, not a regular file";
}

std::string why_not_opened(int error, const std::string& path) {
    if (error == ENOENT || error == ENOTDIR) {
        return "does not exist; check the path" + bytes_of_name(path);
    }
    return "cannot be opened: " + error_text(error);
}

/// Everything up to the end, which may differ from the size that was announced.
Result<Bytes> read_stream(int file, std::size_t expected, std::size_t limit, Location where) {
    std::string content;
    std::size_t filled = 0;
    content.resize(expected + 1);
    while (true) {
        if (filled == content.size()) {
            content.resize(2 * filled);
        }
        const ssize_t count = ::read(file, content.data() + filled, content.size() - filled);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return Diagnostic{where, "cannot be read: " + error_text(errno)};
        }
        if (count == 0) {
            break;
        }
        filled += static_cast<std::size_t>(count);
        if (filled > limit) {
            return Diagnostic{where, too_large(limit)};
        }
    }
    content.resize(filled);
    content.shrink_to_fit();
    return Bytes::of(std::move(content));
}

Result<Bytes> map(int file, std::size_t size, Location where) {
    void* start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (start == MAP_FAILED) {
        return Diagnostic{where, "cannot be mapped: " + error_text(errno)};
    }
    const std::string_view mapping(static_cast<const char*>(start), size);
    return Bytes(own_mapping(mapping), mapping);
}

/// The path without symbolic links, or nothing with errno set.
std::optional<std::string> resolve(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr),
                                                               &std::free);
    if (resolved == nullptr) {
        return std::nullopt;
    }
    return std::string(resolved.get());
}

bool is_inside(const std::string& path, const std::string& folder) {
    if (folder == "/") {
        return true;
    }
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

/// Standard input, whatever it is connected to.
Result<Bytes> read_standard_input(std::size_t limit) {
    return read_stream(STDIN_FILENO, 0, limit, in_file("-"));
}

}  // namespace

Result<std::string> confine(const std::string& path, const std::string& root) {
    const auto resolved = resolve(path);
    if (!resolved) {
        return Diagnostic{in_file(path), why_not_opened(errno, path)};
    }
    if (root.empty()) {
        return *resolved;
    }
    const auto folder = resolve(root);
    if (!folder || !is_inside(*resolved, *folder)) {
        return Diagnostic{in_file(path),
                          "resolves outside the repository; a policy may only name files inside "
                          "it, the command line may name any"};
    }
    return *resolved;
}

Result<Bytes> read_from_disk(const std::string& path, std::size_t limit, PathTrust trust,
                             const std::string& root) {
    const Location where = in_file(path);
    if (path == "-") {
        if (trust == PathTrust::policy) {
            return Diagnostic{where, "is standard input, which only the command line may name"};
        }
        return read_standard_input(limit);
    }
    if (!is_plain_path(path)) {
        return Diagnostic{where, path.empty() ? "the path is empty" : "the path has a NUL byte"};
    }
    std::string opened = path;
    int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    if (trust == PathTrust::policy) {
        Result<std::string> confined = confine(path, root);
        if (!confined) {
            return confined.problems();
        }
        opened = *confined;
        flags |= O_NOFOLLOW;  // resolved a moment ago: a link here now was put in between
    }
    struct stat status {};
    if (::stat(opened.c_str(), &status) != 0) {
        return Diagnostic{where, why_not_opened(errno, path)};
    }
    if (const auto reason = why_not_a_file(status.st_mode)) {
        return Diagnostic{where, *reason};
    }
    const FileDescriptor file(::open(opened.c_str(), flags));
    if (!file.open()) {
        return Diagnostic{where, why_not_opened(errno, path)};
    }
    if (::fstat(file.number(), &status) != 0) {
        return Diagnostic{where, "cannot be read: " + error_text(errno)};
    }
    if (const auto reason = why_not_a_file(status.st_mode)) {
        return Diagnostic{where, *reason};
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > limit) {
        return Diagnostic{where, too_large(limit)};
    }
    return size < smallest_mapping ? read_stream(file.number(), size, limit, where)
                                   : map(file.number(), size, where);
}

}  // namespace metricgate::support
