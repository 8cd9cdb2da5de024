#include <algorithm>
#include <filesystem>

#include "support/files.h"
#include "support/text.h"

namespace metricgate::support {

namespace {

constexpr const char* memory_root = "/repo";

/// Absolute, without `.` and `..`, so that every way to write a path finds the same file.
std::string normal(const std::string& path) {
    if (path == "-") {
        return path;
    }
    std::string text = (std::filesystem::path(memory_root) / path).lexically_normal().string();
    if (text.size() > 1 && text.ends_with('/')) {
        text.pop_back();
    }
    return text;
}

bool is_below(const std::string& path, const std::string& folder) {
    return folder == "/" ||
           (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

class MemoryFiles final : public FileSystem {
public:
    explicit MemoryFiles(std::map<std::string, std::string>& files) : m_files(files) {}

    Result<Bytes> read(const std::string& path, std::size_t limit, PathTrust trust,
                       const std::string& root) override {
        const Location where = in_file(path);
        const std::string wanted = normal(path);
        if (trust == PathTrust::policy &&
            (path == "-" || (!root.empty() && !is_below(wanted, normal(root))))) {
            return Diagnostic{where, "resolves outside the repository"};
        }
        const auto found = find(wanted);
        if (path.empty() || found == m_files.end()) {
            return Diagnostic{where, is_below_some(wanted)
                                         ? "is a directory; name a file"
                                         : "does not exist; check the path" + bytes_of_name(path)};
        }
        if (found->second.size() > limit) {
            return Diagnostic{where, "is larger than the limit of " +
                                         count_of(limit, "byte", "bytes") +
                                         "; check that this is the right file"};
        }
        return Bytes::of(found->second);
    }

    Result<Done> write(const std::string& path, std::string_view bytes) override {
        const std::string wanted = normal(path);
        if (path.empty() || is_below_some(wanted)) {
            return Diagnostic{in_file(path), "cannot be written: it is a directory"};
        }
        const auto found = find(wanted);
        (found == m_files.end() ? m_files[wanted] : found->second) = bytes;
        return Done{};
    }

    Result<std::vector<std::string>> list(const std::string& path, std::size_t most,
                                          PathTrust trust, const std::string& root) override {
        const std::string folder = normal(path);
        if (trust == PathTrust::policy && !root.empty() && !is_below(folder, normal(root))) {
            return Diagnostic{in_file(path), "resolves outside the repository"};
        }
        std::vector<std::string> names;
        for (const auto& [name, content] : m_files) {
            if (is_below(normal(name), folder)) {
                names.push_back(normal(name).substr(folder == "/" ? 1 : folder.size() + 1));
            }
        }
        std::sort(names.begin(), names.end());
        if (names.empty() || names.size() > most) {
            return Diagnostic{in_file(path),
                              names.empty() ? "cannot be listed: No such file or directory"
                                            : "holds more than " + count_of(most, "file", "files") +
                                                  "; name the folder that is meant"};
        }
        return names;
    }

    bool is_folder(const std::string& path) override {
        return !path.empty() && is_below_some(normal(path));
    }

    FileIdentity identify(const std::string& /*path*/) override { return {}; }

    Result<Done> remove(const std::string& path) override {
        const auto found = find(normal(path));
        if (found == m_files.end()) {
            return Diagnostic{in_file(path), "could not be removed"};
        }
        m_files.erase(found);
        return Done{};
    }

    bool exists(const std::string& path) override {
        const std::string wanted = normal(path);
        return !path.empty() && (find(wanted) != m_files.end() || is_below_some(wanted));
    }

    std::string working_directory() override { return memory_root; }

private:
    std::map<std::string, std::string>::iterator find(const std::string& wanted) {
        auto at = m_files.begin();
        while (at != m_files.end() && normal(at->first) != wanted) {
            ++at;
        }
        return at;
    }

    bool is_below_some(const std::string& wanted) {
        if (wanted == memory_root) {
            return true;
        }
        for (const auto& [name, content] : m_files) {
            if (is_below(normal(name), wanted)) {
                return true;
            }
        }
        return false;
    }

    std::map<std::string, std::string>& m_files;
};

}  // namespace

std::unique_ptr<FileSystem> in_memory(std::map<std::string, std::string>& files) {
    return std::make_unique<MemoryFiles>(files);
}

}  // namespace metricgate::support
