#include "sources/object_folders.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include <sys/stat.h>

#include "support/disk_read.h"

namespace metricgate::sources::git {

namespace {

constexpr std::size_t largest_list = std::size_t{1} << 20;
constexpr int deepest = 5;  // as libgit2 and git

class Folders {
public:
    // NOLINTNEXTLINE(misc-no-recursion): as deep as `deepest`.
    support::Result<support::Done> add(const std::string& folder, int depth) {
        struct stat status {};
        if (::stat(folder.c_str(), &status) != 0 ||
            !m_seen.emplace(status.st_dev, status.st_ino).second) {
            return support::Done{};
        }
        m_folders.push_back(folder);
        const std::string list = folder + "/info/alternates";
        if (depth > deepest || ::stat(list.c_str(), &status) != 0) {
            return support::Done{};
        }
        const auto bytes =
            support::read_from_disk(list, largest_list, support::PathTrust::command_line, "");
        if (!bytes) {
            return bytes.problems();
        }
        return add_listed(bytes->view(), folder, depth);
    }

    [[nodiscard]] std::vector<std::string> take() { return std::move(m_folders); }

private:
    // NOLINTNEXTLINE(misc-no-recursion): see above.
    support::Result<support::Done> add_listed(std::string_view lines, const std::string& folder,
                                              int depth) {
        while (!lines.empty()) {
            const std::size_t end = std::min(lines.find_first_of("\r\n"), lines.size());
            const std::string name(lines.substr(0, end));
            lines.remove_prefix(std::min(end + 1, lines.size()));
            if (name.empty() || name.front() == '#') {
                continue;
            }
            for (const std::string& place :
                 {(std::filesystem::path(folder) / name).string(), name}) {
                if (auto added = add(place, depth + 1); !added) {
                    return added;
                }
            }
        }
        return support::Done{};
    }

    std::set<std::pair<dev_t, ino_t>> m_seen;
    std::vector<std::string> m_folders;
};

}  // namespace

support::Result<std::vector<std::string>> object_folders(const std::string& objects) {
    Folders folders;
    if (const auto added = folders.add(objects, 0); !added) {
        return added.problems();
    }
    return folders.take();
}

}  // namespace metricgate::sources::git
