#include "fuzz/frames.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace metricgate::fuzz {

namespace {

constexpr std::string_view mark = "\x1e\x1f";

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::vector<Frame> frames_of(std::string_view input) {
    std::vector<Frame> frames;
    std::size_t at = input.find(mark);
    while (at != std::string_view::npos) {
        const std::size_t next = input.find(mark, at + mark.size());
        const std::string_view frame =
            input.substr(at + mark.size(), next == std::string_view::npos ? next : next - at - 2);
        const std::size_t line = std::min(frame.find('\n'), frame.size());
        frames.push_back({std::string(frame.substr(0, line)),
                          std::string(frame.substr(std::min(line + 1, frame.size())))});
        at = next;
    }
    return frames;
}

std::string framed(const std::vector<Frame>& frames) {
    std::string input;
    for (const Frame& frame : frames) {
        input += std::string(mark) + frame.name + "\n" + frame.content;
    }
    return input;
}

std::vector<Frame> files_below(const std::string& folder) {
    namespace fs = std::filesystem;
    std::vector<Frame> files;
    const fs::path top = fs::path(METRICGATE_SOURCE) / folder;
    for (const auto& entry :
         fs::recursive_directory_iterator(top, fs::directory_options::follow_directory_symlink)) {
        const std::string name = entry.path().lexically_relative(top).generic_string();
        const std::string file = entry.path().filename().string();
        if (entry.is_regular_file() && !file.starts_with("expected") &&
            !file.ends_with(".actual") && name.find("expected/") == std::string::npos) {
            files.push_back({name, content_of(entry.path())});
        }
    }
    std::sort(files.begin(), files.end(),
              [](const Frame& a, const Frame& b) { return a.name < b.name; });
    return files;
}

}  // namespace metricgate::fuzz
