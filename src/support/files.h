#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace metricgate::support {

/// Bytes that stay where they are while anybody holds them: a mapped file, or memory.
class Bytes {
public:
    Bytes() = default;
    static Bytes of(std::string owned);
    Bytes(std::shared_ptr<const void> owner, std::string_view view)
        : m_owner(std::move(owner)), m_view(view) {}

    [[nodiscard]] std::string_view view() const noexcept { return m_view; }

private:
    std::shared_ptr<const void> m_owner;
    std::string_view m_view;
};

/// What makes two paths the same source: device and inode on disk. `known` is false for streams and
/// memory.
struct FileIdentity {
    bool known = false;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool operator==(const FileIdentity&) const = default;
};

/// Who chose a path. A path written in a policy must stay inside the repository; one typed by the
/// user may not.
enum class PathTrust { command_line, policy };

/// Everything the program reads or writes outside git, behind one seam, so that unit tests and
/// fuzzers run the whole gate in memory.
class FileSystem {
public:
    virtual ~FileSystem() = default;

    /// The whole content of a regular file of at most `limit` bytes (`-`: standard input). Refused,
    /// each with its own message: nothing there, a directory, a FIFO, socket or device, too large,
    /// unreadable, and for `PathTrust::policy` a resolved path outside `root`. Never blocks on a
    /// FIFO: it looks before opening.
    virtual Result<Bytes> read(const std::string& path, std::size_t limit, PathTrust trust,
                               const std::string& root) = 0;

    /// Replaces `path` by `bytes` in one step (temporary file beside it, fsync, rename), or leaves
    /// it untouched. A path that is not a regular file (a terminal, /dev/null, a pipe) is written
    /// to directly.
    virtual Result<Done> write(const std::string& path, std::string_view bytes) = 0;

    /// Removes a regular file, or empties it behind a link; others, and what stays, are refused.
    virtual Result<Done> remove(const std::string& path) = 0;

    /// The regular files at and below a folder, relative to it with `/` between the parts, sorted
    /// by bytes. Links are not followed, and what is neither file nor folder is passed over.
    /// Refused: no folder, more than `most` files, folders nested deeper than 32, and for
    /// `PathTrust::policy` a resolved path outside `root`.
    virtual Result<std::vector<std::string>> list(const std::string& path, std::size_t most,
                                                  PathTrust trust, const std::string& root) = 0;
    virtual bool is_folder(const std::string& path) = 0;

    virtual FileIdentity identify(const std::string& path) = 0;
    virtual bool exists(const std::string& path) = 0;
    /// The current directory, absolute.
    virtual std::string working_directory() = 0;
};

/// The machine's files.
std::unique_ptr<FileSystem> disk();

/// Files in memory, for tests: reads and writes `files`. The working directory is "/repo".
std::unique_ptr<FileSystem> in_memory(std::map<std::string, std::string>& files);

/// What the first bytes of an input are, when they are not what a text reader may see: the message
/// to print
/// ("a Git LFS pointer, not the file itself; run `git lfs pull`, or set `lfs: true` on
/// actions/checkout"), gzip and zstd under a plain name, an HTML page, UTF-16, NUL bytes, invalid
/// UTF-8 - with its place. On success the text without a BOM.
Result<std::string_view> as_text(std::string_view bytes, std::string_view file);

}  // namespace metricgate::support
