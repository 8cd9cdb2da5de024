#include "support/disk_list.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "support/disk_read.h"
#include "support/file_descriptor.h"
#include "support/text.h"

namespace metricgate::support {

namespace {

constexpr int deepest = 32;

}  // namespace

Result<std::vector<std::string>> list_on_disk(const std::string& path, std::size_t most,
                                              PathTrust trust, const std::string& root) {
    const Location where = in_file(path);
    if (!is_plain_path(path)) {
        return Diagnostic{where, path.empty() ? "the path is empty" : "the path has a NUL byte"};
    }
    std::string opened = path;
    if (trust == PathTrust::policy) {
        Result<std::string> confined = confine(path, root);
        if (!confined) {
            return confined.problems();
        }
        opened = *confined;
    }
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::recursive_directory_iterator entry(opened, error);
    const std::filesystem::path base(opened);
    while (!error && entry != std::filesystem::recursive_directory_iterator()) {
        if (entry.depth() > deepest) {
            return Diagnostic{where, "holds folders nested deeper than " + std::to_string(deepest) +
                                         "; name the folder that is meant"};
        }
        const auto status = entry->symlink_status(error);
        if (!error && std::filesystem::is_symlink(status)) {
            // A link within the folder leads to what is listed anyway, such as `latest-run`.
            const auto target = std::filesystem::weakly_canonical(entry->path(), error);
            const auto inside =
                target.lexically_relative(std::filesystem::weakly_canonical(base, error));
            if (error || inside.empty() || *inside.begin() == "..") {
                return Diagnostic{where,
                                  "holds a link that leads out of it, '" +
                                      visible(entry->path().lexically_relative(base).string()) +
                                      "', which is not followed; copy the file in its place"};
            }
        }
        if (!error && std::filesystem::is_regular_file(status)) {
            names.push_back(entry->path().lexically_relative(base).generic_string());
        }
        if (names.size() > most) {
            return Diagnostic{where, "holds more than " + count_of(most, "file", "files") +
                                         "; name the folder that is meant"};
        }
        entry.increment(error);
    }
    if (error) {
        return Diagnostic{where, "cannot be listed: " + error_text(error.value())};
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace metricgate::support
