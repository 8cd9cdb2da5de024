#pragma once

#include <memory>
#include <string>
#include <vector>

namespace metricgate::cli {

/// What `init` and `doctor` do with folders beyond reading and writing single files.
class Folders {
public:
    virtual ~Folders() = default;

    /// The regular files below the current folder, relative, ascending. Left out: `.git`, what
    /// build tools and package managers fill, anything deeper than six folders, links. At most
    /// 20,000.
    virtual std::vector<std::string> list() = 0;

    /// Makes the folders that `path` stands in.
    virtual void make_room_for(const std::string& path) = 0;
    virtual void make_executable(const std::string& path) = 0;
};

/// The machine's.
std::unique_ptr<Folders> disk_folders();

}  // namespace metricgate::cli
