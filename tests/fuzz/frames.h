#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace metricgate::fuzz {

/// One file of an input that is several.
struct Frame {
    std::string name;
    std::string content;
};

/// Files in one input: each begins with the bytes 1e 1f, its name and a line end, and goes on to
/// the next. Marks rather than lengths, so that a fuzzer may add to and take from the middle.
std::vector<Frame> frames_of(std::string_view input);
std::string framed(const std::vector<Frame>& frames);

/// The regular files at and below a folder of the source tree, by their path relative to it,
/// ascending; links are followed. What golden cases expect is left out.
std::vector<Frame> files_below(const std::string& folder);

}  // namespace metricgate::fuzz
