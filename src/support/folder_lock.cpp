#include "support/folder_lock.h"

#include <cerrno>
#include <ctime>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>

namespace metricgate::support {

namespace {

constexpr int most_waits = 12'000;
constexpr long wait_nanoseconds = 5'000'000;  ///< two hundred a second: a minute in all

/// 0, or the error.
int take(int folder) {
    for (int waits = 0; waits < most_waits; ++waits) {
        if (::flock(folder, LOCK_EX | LOCK_NB) == 0) {
            return 0;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return errno;
        }
        const timespec wait{0, wait_nanoseconds};
        ::nanosleep(&wait, nullptr);
    }
    return EWOULDBLOCK;
}

}  // namespace

Result<std::unique_ptr<FolderLock>> lock_folder_of(const std::string& path) {
    if (!is_plain_path(path)) {
        return problem_in(path, "cannot be written: the path is empty or has a NUL byte");
    }
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    const std::string folder = parent.empty() ? "." : parent.string();
    auto lock = std::make_unique<FolderLock>(
        ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
    if (!lock->folder().open()) {
        return problem_in(
            path, "cannot be written: its folder cannot be opened (" + error_text(errno) + ")");
    }
    const int error = take(lock->folder().number());
    if (error == EWOULDBLOCK) {
        return problem_in(path,
                          "another program has held the lock on its folder for a minute; try "
                          "again when it is done");
    }
    return error == 0 ? Result<std::unique_ptr<FolderLock>>(std::move(lock))
                      : problem_in(path, "cannot be written: its folder cannot be locked (" +
                                             error_text(error) + ")");
}

}  // namespace metricgate::support
