#pragma once

#include <string>

namespace metricgate::support {

/// Where bytes that are written to a path of the disk arrive.
struct WrittenPlace {
    /// Absolute and free of links, also of what is not there yet; empty where a link cannot be
    /// followed to its end.
    std::string path;
    /// Why nothing may be written there or emptied; empty where nothing forbids it.
    std::string refusal;
};

/// Follows the links of `path` one by one, as the system does. Refused is a link that lies in a
/// work tree of git, or below a current folder that lies in none, and leads out of there or into
/// `.git`: a change can commit it, and would choose which file of the machine is replaced. It may
/// lead into the work tree of the current folder, or below a current folder that lies in none. A
/// link that lies elsewhere is its owner's own.
WrittenPlace written_place(const std::string& path);

}  // namespace metricgate::support
