#include "cli/old_output.h"

#include <filesystem>

#include "cli/prepare.h"
#include "sources/metric_writer.h"

namespace metricgate::cli {

bool is_old_output(const std::string& path, Opener& opener) {
    constexpr std::size_t largest = std::size_t{256} << 20;
    if (path.empty() || path == "-" || opener.has_read(path)) {
        return false;
    }
    // Nor in a folder that it reads.
    const std::filesystem::path file = absolute_path(opener.files().working_directory(), path);
    for (auto folder = file.parent_path(); folder.has_relative_path();
         folder = folder.parent_path()) {
        if (opener.has_read(folder.string())) {
            return false;
        }
    }
    const auto bytes = opener.files().read(path, largest, support::PathTrust::command_line, "");
    return bytes && sources::is_metric_file(bytes->view());
}

support::Diagnostics remove_old_output(const std::string& path, Opener& opener) {
    return is_old_output(path, opener) ? opener.files().remove(path).problems()
                                       : support::Diagnostics{};
}

}  // namespace metricgate::cli
