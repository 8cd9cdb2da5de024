#pragma once

#include <string>
#include <vector>

namespace metricgate::support {

/// A third-party library in this program.
struct LibraryVersion {
    std::string name;
    std::string built;    ///< the version of the headers that the program was compiled with; empty
                          ///< when it was built without the library
    std::string running;  ///< what the loaded library says of itself; empty when it cannot tell, or
                          ///< is nothing but headers
};

/// "3.1.4" of 3, 1 and 4.
std::string version_of(unsigned major, unsigned minor, unsigned patch);

/// "zlib 1.3.1", and with which headers, where the loaded library is another version; "without
/// Arrow C++".
std::string describe(const LibraryVersion& library);

/// The libraries of this room.
std::vector<LibraryVersion> library_versions();

}  // namespace metricgate::support
