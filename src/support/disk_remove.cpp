#include "support/disk_remove.h"

#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace metricgate::support {

bool remove_on_disk(const char* path) noexcept {
    struct stat status {};
    if (::lstat(path, &status) != 0) {
        // Who asks has seen a file here. A disk that no longer tells may still remove it.
        return errno != ENOENT && errno != ENOTDIR && ::unlink(path) == 0;
    }
    if (S_ISLNK(status.st_mode)) {
        return ::stat(path, &status) == 0 && S_ISREG(status.st_mode) && ::truncate(path, 0) == 0;
    }
    return S_ISREG(status.st_mode) && ::unlink(path) == 0;
}

}  // namespace metricgate::support
