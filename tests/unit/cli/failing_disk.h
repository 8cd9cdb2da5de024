// A disk that does not do what is asked.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "support/files.h"

namespace metricgate::test {

/// Files in memory, of which some calls fail; `files` is by absolute path.
class Disk : public support::FileSystem {
public:
    explicit Disk(std::map<std::string, std::string> content)
        : files(std::move(content)), m_memory(support::in_memory(files)) {}
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    support::Result<support::Bytes> read(const std::string& path, std::size_t limit,
                                         support::PathTrust trust,
                                         const std::string& root) override {
        if (unreadable == path && ++m_reads > reads_before) {
            return support::Diagnostic{support::in_file(path),
                                       "cannot be read: Input/output error"};
        }
        if (devices.contains(path)) {
            return support::Diagnostic{support::in_file(path), "is a device"};
        }
        return m_memory->read(path, limit, trust, root);
    }
    support::Result<support::Done> write(const std::string& path, std::string_view bytes) override {
        if (unwritable == path && ++m_writes > writes_before) {
            return support::Diagnostic{support::in_file(path),
                                       "cannot be written: No space left on device"};
        }
        written.push_back(path);
        return devices.contains(path) ? support::Result<support::Done>(support::Done{})
                                      : m_memory->write(path, bytes);
    }
    support::Result<support::Done> remove(const std::string& path) override {
        if (unremovable == path) {
            return support::Diagnostic{support::in_file(path),
                                       "cannot be removed: Read-only file system"};
        }
        if (throws_on_removal) {
            throw 7;
        }
        return m_memory->remove(path);
    }
    support::Result<std::vector<std::string>> list(const std::string& path, std::size_t most,
                                                   support::PathTrust trust,
                                                   const std::string& root) override {
        return m_memory->list(path, most, trust, root);
    }
    bool is_folder(const std::string& path) override { return m_memory->is_folder(path); }
    support::FileIdentity identify(const std::string& path) override {
        const bool there = m_memory->exists(path);
        return {there, 1, there ? std::hash<std::string>()(path) : 0};
    }
    bool exists(const std::string& path) override {
        return devices.contains(path) || m_memory->exists(path);
    }
    std::string working_directory() override { return m_memory->working_directory(); }

    /// What stands in a file; nothing where there is none.
    std::string at(const std::string& name) const {
        const auto found = files.find("/repo/" + name);
        return found == files.end() ? "" : found->second;
    }

    std::map<std::string, std::string> files;
    std::string unreadable, unwritable, unremovable;
    std::set<std::string> devices;     ///< are there, are written to and never read
    std::vector<std::string> written;  ///< what took a write, in order
    int reads_before = 0;              ///< so many of `unreadable` succeed
    int writes_before = 0;             ///< so many to `unwritable` succeed
    bool throws_on_removal = false;

private:
    std::unique_ptr<support::FileSystem> m_memory;
    int m_reads = 0;
    int m_writes = 0;
};

}  // namespace metricgate::test
