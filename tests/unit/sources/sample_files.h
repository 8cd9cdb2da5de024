#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "support/paths.h"

namespace reading {

/// The bytes of a file below tests/.
inline std::string sample(const std::string& path) {
    std::ifstream file(metricgate::test::data_folder() + "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The files below a folder below tests/, by their path relative to it.
inline std::map<std::string, std::string> samples(const std::string& folder) {
    std::map<std::string, std::string> files;
    const std::filesystem::path top = metricgate::test::data_folder() + "/" + folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
        if (entry.is_regular_file()) {
            const std::string name = std::filesystem::relative(entry.path(), top).generic_string();
            files[name] = sample(folder + "/" + name);
        }
    }
    return files;
}

}  // namespace reading
