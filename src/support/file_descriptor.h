#pragma once

#include <string>
#include <string_view>

#include <unistd.h>

namespace metricgate::support {

/// An open file of the operating system, closed at the end of its scope.
class FileDescriptor {
public:
    explicit FileDescriptor(int number) noexcept : m_number(number) {}
    ~FileDescriptor() { close(); }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;

    [[nodiscard]] bool open() const noexcept { return m_number >= 0; }
    [[nodiscard]] int number() const noexcept { return m_number; }

    /// False when the operating system reports a late write error.
    bool close() noexcept {
        const int number = m_number;
        m_number = -1;
        return number < 0 || ::close(number) == 0;
    }

private:
    int m_number;
};

/// The text of an errno value.
std::string error_text(int error);

/// True for a path that the operating system would read to its end: not empty, no NUL byte.
bool is_plain_path(std::string_view path) noexcept;

}  // namespace metricgate::support
