#pragma once

#include <memory>
#include <string>

#include "support/file_descriptor.h"
#include "support/result.h"

namespace metricgate::support {

/// Keeps other processes that ask for the same from changing files of a folder until it goes away,
/// by an advisory lock on the folder, which leaves no file behind and ends with its holder, however
/// that ends.
class FolderLock {
public:
    explicit FolderLock(int folder) noexcept : m_folder(folder) {}
    [[nodiscard]] const FileDescriptor& folder() const { return m_folder; }

private:
    FileDescriptor m_folder;
};

/// Locks the folder that `path` lies in on disk. Waits for others, at most a minute.
Result<std::unique_ptr<FolderLock>> lock_folder_of(const std::string& path);

}  // namespace metricgate::support
