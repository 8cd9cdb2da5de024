#pragma once

namespace metricgate::support {

/// Takes away what a regular file holds: removes it, or empties it where `path` is a symbolic link,
/// because the next report must find its way through the link and none is written through one that
/// leads nowhere. False when it could not. Needs no memory.
[[nodiscard]] bool remove_on_disk(const char* path) noexcept;

}  // namespace metricgate::support
