#include "cli/folders.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace metricgate::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 9> filled_by_tools = {
    ".git", "node_modules", "build", "dist", "target", ".venv", "venv", "__pycache__", ".tox"};
constexpr int deepest = 6;
constexpr std::size_t most = 20000;

bool is_filled_by_tools(const fs::path& folder) {
    const std::string name = folder.filename().string();
    return std::find(filled_by_tools.begin(), filled_by_tools.end(), name) != filled_by_tools.end();
}

class DiskFolders : public Folders {
public:
    std::vector<std::string> list() override {
        std::vector<std::string> files;
        std::error_code failed;
        const auto options = fs::directory_options::skip_permission_denied;
        for (auto at = fs::recursive_directory_iterator(".", options, failed);
             !failed && at != fs::recursive_directory_iterator() && files.size() < most;
             at.increment(failed)) {
            std::error_code unknown;
            if (at->is_symlink(unknown)) {
                at.disable_recursion_pending();
            } else if (at->is_directory(unknown)) {
                if (is_filled_by_tools(at->path()) || at.depth() + 1 >= deepest) {
                    at.disable_recursion_pending();
                }
            } else if (at->is_regular_file(unknown)) {
                files.push_back(at->path().lexically_normal().generic_string());
            }
        }
        std::sort(files.begin(), files.end());
        return files;
    }

    void make_room_for(const std::string& path) override {
        std::error_code failed;  // the write that follows says it better
        const fs::path folder = fs::path(path).parent_path();
        if (!folder.empty()) {
            fs::create_directories(folder, failed);
        }
    }

    void make_executable(const std::string& path) override {
        std::error_code failed;
        fs::permissions(path,
                        fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                        fs::perm_options::add, failed);
    }
};

}  // namespace

std::unique_ptr<Folders> disk_folders() {
    return std::make_unique<DiskFolders>();
}

}  // namespace metricgate::cli
