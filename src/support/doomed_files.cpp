#include "support/doomed_files.h"

#include <atomic>
#include <deque>

#include <sys/stat.h>

#include "support/disk_remove.h"
#include "support/written_place.h"

namespace metricgate::support {

namespace {

struct Doomed {
    std::string path;
    dev_t device = 0;
    ino_t inode = 0;
    std::atomic<bool> pardoned{false};
};

using List = std::deque<Doomed>;

/// What is named now. Lists are never freed: whoever ends the process may read one at any time.
std::atomic<List*> doomed{nullptr};

}  // namespace

void doom_files(const std::vector<std::string>& paths) {
    static auto* const lists = new std::deque<List>();
    List* list = &lists->emplace_back();
    for (const std::string& path : paths) {
        struct stat status {};
        if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
            written_place(path).refusal.empty()) {
            Doomed& one = list->emplace_back();
            one.path = path;
            one.device = status.st_dev;
            one.inode = status.st_ino;
        }
    }
    doomed.store(list);
}

void pardon_file(const std::string& path) {
    List* list = doomed.load();
    struct stat status {};
    if (list == nullptr || ::stat(path.c_str(), &status) != 0) {
        return;
    }
    for (Doomed& one : *list) {
        if (one.device == status.st_dev && one.inode == status.st_ino) {
            one.pardoned = true;
        }
    }
}

void remove_doomed_files() noexcept {
    List* list = doomed.load();
    if (list == nullptr) {
        return;
    }
    for (const Doomed& one : *list) {
        if (!one.pardoned) {
            static_cast<void>(!remove_on_disk(one.path.c_str()));
        }
    }
}

}  // namespace metricgate::support
