#include "support/library_versions.h"

#include <fmt/core.h>
#include <xxhash.h>
#include <nlohmann/json.hpp>

namespace metricgate::support {

namespace {

/// FMT_VERSION and its likes: 90100 is 9.1.0.
std::string of_number(unsigned number) {
    return version_of(number / 10000, number / 100 % 100, number % 100);
}

}  // namespace

std::string version_of(unsigned major, unsigned minor, unsigned patch) {
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

std::string describe(const LibraryVersion& library) {
    if (library.built.empty()) {
        return "without " + library.name;
    }
    if (library.running.empty() || library.running == library.built) {
        return library.name + " " + library.built;
    }
    return library.name + " " + library.running + " (compiled with " + library.built + ")";
}

std::vector<LibraryVersion> library_versions() {
    return {
        // These two have no macro that says it, and CMake knows.
        {"fast_float", METRICGATE_FAST_FLOAT_VERSION, ""},
        {"yaml-cpp", METRICGATE_YAML_CPP_VERSION, ""},
        {"fmt", of_number(FMT_VERSION), ""},
        {"nlohmann_json",
         version_of(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                    NLOHMANN_JSON_VERSION_PATCH),
         ""},
        {"xxHash", of_number(XXH_VERSION_NUMBER), of_number(XXH_versionNumber())},
    };
}

}  // namespace metricgate::support
